import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { UserError } from '../../contracts/errors.ts'
import { ciWorkflow } from './ci-workflow.ts'
import { type InitTool, initTools } from './init-tools.ts'
import { pythonAdapter } from './python-adapter.ts'
import { readmeSnippet } from './readme-snippet.ts'
import { typescriptAdapter } from './typescript-adapter.ts'

export const INIT_LANGUAGES = ['typescript', 'python'] as const
export type InitLanguage = (typeof INIT_LANGUAGES)[number]

export interface InitOptions {
  /** The root of the port's repository. */
  dir: string
  language: InitLanguage
  /** Absent: applyPatch. */
  tools?: readonly string[]
  /** Version of this package. */
  version: string
}

/** How everything is called that is written. */
export interface InitLayout {
  language: InitLanguage
  tools: readonly InitTool[]
  /** Paths below the folder. */
  adapter: string
  baseline: string
  /** How scriptbench is started there. */
  program: string
  /** What every check is given. */
  flags: string
}

export interface Initialised {
  files: string[]
  /** What to do next, in order. */
  steps: string[]
}

/** Writes an adapter, a CI workflow and a page for a port. Throws a `UserError`, and writes nothing, where one of the files is there. */
export async function initPort({ dir, language, tools, version }: InitOptions): Promise<Initialised> {
  const layout = layoutOf(language, initTools(tools), version)
  const files = {
    [layout.adapter]: language === 'python' ? pythonAdapter(layout.tools) : typescriptAdapter(layout.tools),
    'ports/README.md': readmeSnippet(layout),
    '.github/workflows/ports.yml': ciWorkflow(layout),
  }
  const present = Object.keys(files).filter(path => existsSync(join(dir, path)))
  if (present.length > 0) {
    const message = `${dir}: ${present.join(', ')}: already there, and nothing is overwritten; remove what you do not need, or choose another folder.`
    throw new UserError('usage', message)
  }
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(dir, path)), { recursive: true })
    await writeFile(join(dir, path), text, { flag: 'wx' })
  }
  return { files: Object.keys(files), steps: stepsOf(layout) }
}

function layoutOf(language: InitLanguage, tools: readonly InitTool[], version: string): InitLayout {
  const isPython = language === 'python'
  const adapter = isPython ? 'ports/adapter.py' : 'ports/adapter.mts'
  return {
    language,
    tools,
    adapter,
    baseline: 'ports/baseline.json',
    program: isPython ? `npx --yes scriptbench@${version}` : 'npx scriptbench',
    flags: `--port ${isPython ? `'python3 ${adapter}'` : `./${adapter}`} --tool ${tools.join(' ')}`,
  }
}

function stepsOf({ language, adapter, program, flags, baseline }: InitLayout): string[] {
  return [
    ...(language === 'python' ? [] : ['npm install --save-dev scriptbench zod']),
    `connect your implementation in ${adapter}, at "not connected yet"`,
    `${program} ports check ${flags}`,
    `${program} ports check ${flags} --json > ${baseline}   # exit code 2 only means that something still differs`,
    'commit everything; from now on CI fails if a case is worse than in the baseline',
  ]
}
