import { join, posix } from 'node:path'
import { z } from 'zod'
import { isObject } from '../../base/json-fields.ts'
import type { JsonObject } from '../../contracts/json.ts'
import { type CaseFolder, createCaseFolder } from '../check/case-folder.ts'
import { HEREDOC_START } from '../kinds/heredoc.ts'
import { converse } from '../upstream/converse.ts'
import type { ModelCall } from '../upstream/responses-server.ts'
import { isSeedEra, type Recorded, type Recorder } from './recorder.ts'

const heredocInput = z.object({ id: z.string(), argv: z.array(z.string()) })
type HeredocInput = z.infer<typeof heredocInput>

/** Commands of which some are a patch: one conversation, each call in a folder of its own. */
export const heredocRecorder: Recorder = {
  kind: 'heredoc',
  versionsIn: 'observed',
  async record(cases, { program, scratchDir }) {
    const recorded = new Map<string, Recorded>()
    const isOld = isSeedEra(program.version)
    const running: { one: HeredocInput; folder: CaseFolder; call: ModelCall }[] = []
    for (const [index, { source }] of cases.entries()) {
      const one = heredocInput.parse(source)
      const folder = createCaseFolder(join(scratchDir, String(index)))
      folder.write(HEREDOC_START)
      const argv = one.argv.map(folder.filled)
      const args = isOld ? { command: argv, workdir: folder.cwd } : execCommand(argv, folder.cwd)
      if (args === undefined) recorded.set(one.id, null)
      else {
        const name = isOld ? 'shell' : 'exec_command'
        running.push({ one, folder, call: { callId: one.id, kind: 'function', name, args: JSON.stringify(args) } })
      }
    }
    const model = isOld ? 'test-gpt-5-codex' : 'gpt-5.5'
    const turns = running.map(({ call }) => [call])
    const { outputs, items } = await converse(program, { model, cwd: scratchDir, turns })
    const patched = patchedPaths(items)
    for (const { one, folder } of running) {
      const output = outputs.get(one.id)
      if (output === undefined) continue
      const own = patched.filter(path => path.startsWith(`${folder.root}/`))
      recorded.set(one.id, own.length > 0 ? patchResult(own, folder) : otherResult(folder.emptied(output)))
    }
    return recorded
  },
}

/** The session tool of newer releases takes a shell, a script and whether it is a login shell, and nothing else. */
function execCommand(argv: readonly string[], workdir: string): JsonObject | undefined {
  const [shell = '', flag, cmd = '', ...rest] = argv
  const isShell = /^(?:.*\/)?(?:bash|zsh|sh)$/.test(shell) && !shell.startsWith('./')
  if (rest.length > 0 || argv.length < 3 || !isShell || (flag !== '-lc' && flag !== '-c')) return undefined
  return { cmd, shell, login: flag === '-lc', workdir }
}

/** What was announced as a change of files, absolute. */
function patchedPaths(items: readonly JsonObject[]): string[] {
  return items.flatMap(({ type, changes }) => {
    if (type !== 'file_change' || !Array.isArray(changes)) return []
    return changes.flatMap(change => (isObject(change) && typeof change.path === 'string' ? [change.path] : []))
  })
}

/** Announced paths, and what is there afterwards: in a folder that is missing the older release announces, but fails. */
function patchResult(announced: readonly string[], folder: CaseFolder): JsonObject {
  const tree = folder.read()
  const files = announced.map(path => posix.relative(folder.cwd, path)).toSorted()
  const contents = files.flatMap(path => (tree[path]?.f === undefined ? [] : [[path, tree[path].f] as const]))
  return { kind: 'patch', files, content: Object.fromEntries(contents) }
}

function otherResult(output: string): JsonObject {
  const isRefused = /^(?:apply_patch verification failed: |patch rejected)/.test(output)
  return isRefused ? { kind: 'error', message: output } : { kind: 'not_patch' }
}
