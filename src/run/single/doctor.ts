import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { MODEL_KINDS, modelForm } from '../../base/models/model-kind.ts'
import { detectBubblewrap } from '../../os-sandbox/detect-bubblewrap.ts'
import { findRipgrep } from '../../tools/find-ripgrep.ts'
import { findTypeScript, TYPESCRIPT_REMEDY } from '../../type-check/find-typescript.ts'

/** One thing that this machine has or lacks. */
export interface Finding {
  name: string
  isThere: boolean
  detail: string
  /** What does not work without it, and what to do. */
  lack?: string
}

/** Examines this machine. Keys are only reported as set or not, never shown. */
export async function examineMachine(environment: Readonly<Record<string, string | undefined>>): Promise<Finding[]> {
  return [
    nodeFinding(),
    await sandboxFinding(),
    await ripgrepFinding(),
    typescriptFinding(),
    ...(await programFindings()),
    ...keyFindings(environment),
  ]
}

function nodeFinding(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const isThere = major > 22 || (major === 22 && minor >= 18)
  const lack = 'scriptbench needs Node 22.18 or newer'
  return { name: 'Node', isThere, detail: process.version, ...(!isThere && { lack }) }
}

async function sandboxFinding(): Promise<Finding> {
  const found = await detectBubblewrap()
  if (found.kind === 'works')
    return { name: 'bubblewrap', isThere: true, detail: `${found.version}, confines commands` }
  const lack = `commands of models are refused unless you pass --sandbox none; built-in players still run. ${found.remedy}`
  return { name: 'bubblewrap', isThere: false, detail: found.reason, lack }
}

async function ripgrepFinding(): Promise<Finding> {
  const path = await findRipgrep()
  if (path !== undefined) return { name: 'ripgrep', isThere: true, detail: path }
  const lack = 'the tool grepFiles is unavailable; install ripgrep, or reinstall scriptbench with optional dependencies'
  return { name: 'ripgrep', isThere: false, detail: 'not found', lack }
}

function typescriptFinding(): Finding {
  const path = findTypeScript()
  if (path !== undefined) return { name: 'TypeScript 5.9', isThere: true, detail: path }
  const lack = `the factor typeCheck cannot use its levels "warn" and "block"; ${TYPESCRIPT_REMEDY}`
  return { name: 'TypeScript 5.9', isThere: false, detail: 'not found', lack }
}

async function programFindings(): Promise<Finding[]> {
  const lacks = {
    git: '"tasks from-commit" does not work',
    npm: 'tasks made from npm packages cannot be prepared',
    python3: 'tasks that require python3 are left out',
  }
  return Promise.all(
    Object.entries(lacks).map(async ([name, lack]) => {
      const detail = await promisify(execFile)(name, ['--version'])
        .then(({ stdout }) => stdout.trim().split('\n')[0] ?? '')
        .catch(() => undefined)
      return {
        name,
        isThere: detail !== undefined,
        detail: detail ?? 'not found',
        ...(detail === undefined && { lack }),
      }
    }),
  )
}

function keyFindings(environment: Readonly<Record<string, string | undefined>>): Finding[] {
  return MODEL_KINDS.flatMap(kind => {
    const { service } = modelForm(kind)
    if (service === undefined) return []
    const isThere = (environment[service.key] ?? '') !== ''
    const lack = `models ${kind}/… cannot be used; set ${service.key}`
    return [{ name: service.key, isThere, detail: isThere ? 'yes' : 'no', ...(!isThere && { lack }) }]
  })
}
