import { execFile } from 'node:child_process'
import { cp, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { temporaryFolder } from './helpers/folders.ts'

const ROOT = join(import.meta.dirname, '..')
const COPIED = ['src', 'docs/generate', 'package.json']

/** Replaces a text in a copy of the sources and returns the files that no longer compile. */
async function filesThatBreak(file: string, before: string, after: string): Promise<string[]> {
  const folder = await temporaryFolder()
  for (const name of COPIED) await cp(join(ROOT, name), join(folder, name), { recursive: true })
  const config = { extends: join(ROOT, 'tsconfig.json'), include: ['src', 'docs/generate'] }
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config))
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  const source = await readFile(join(folder, file), 'utf8')
  expect(source.split(before)).toHaveLength(2)
  await writeFile(join(folder, file), source.replace(before, after))
  const tsc = join(ROOT, 'node_modules', '.bin', 'tsc')
  const output = await promisify(execFile)(process.execPath, [tsc, '-p', '.', '--pretty', 'false'], {
    cwd: folder,
    maxBuffer: 2 ** 24,
  }).then(
    ({ stdout }) => stdout,
    (error: { stdout?: string }) => error.stdout ?? '',
  )
  const broken = [...output.matchAll(/^([^\s(]+)\(\d+,\d+\): error/gm)].map(([, path = '']) => path)
  return [...new Set(broken)].sort()
}

/** Each row is a recipe of CONTRIBUTING.md: what is added first, and where the compiler then points. */
test.each([
  {
    recipe: 'a mode',
    file: 'src/contracts/arm.ts',
    before: "'script-tool', 'script-text'] as const",
    after: "'script-tool', 'script-text', 'new-mode'] as const",
    points: ['docs/generate/arms-page.ts', 'src/agent/protocol-text.ts', 'src/contracts/arm.ts'],
  },
  {
    recipe: 'a provider',
    file: 'src/contracts/model-forms.ts',
    before: 'export const MODEL_FORMS = {',
    after:
      "export const MODEL_FORMS = {\n  gemini: { argument: 'model', syntax: 'gemini/<model>', example: 'gemini/<model>', playerKind: 'api' },",
    points: ['src/model/create-model-provider.ts'],
  },
  {
    recipe: 'a CSV column',
    file: 'src/metrics/trial-metrics.ts',
    before: '  turns: number\n',
    after: '  turns: number\n  newFact: number\n',
    points: ['src/metrics/columns/columns.ts', 'src/metrics/measure-trial.ts'],
  },
  {
    recipe: 'a limit',
    file: 'src/contracts/suite.ts',
    before: '  costUsdMax?: number\n',
    after: '  costUsdMax?: number\n  newMax?: number\n',
    points: ['src/suite/suite-schema.ts'],
  },
  {
    recipe: 'a limit that the loop counts',
    file: 'src/contracts/suite.ts',
    before: "  cost: 'costUsdMax',\n",
    after: "  cost: 'costUsdMax',\n  new: 'observationTokensMax',\n",
    points: ['src/agent/budget.ts'],
  },
])('$recipe: the compiler points at $points', async ({ file, before, after, points }) => {
  expect(await filesThatBreak(file, before, after)).toEqual(points)
})
