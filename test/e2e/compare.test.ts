import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { comparisonSchema } from '../../src/report/comparison/comparison-schema.ts'
import { temporaryFolder } from '../helpers/folders.ts'
import { createFolder, PROJECT_ROOT, runCli } from '../helpers/run-cli.ts'
import { writeRunFolder } from '../helpers/run-folder.ts'
import { sampleRun } from '../helpers/sample-run.ts'

const EXAMPLE = join(PROJECT_ROOT, 'docs', 'examples', 'm3tooleval.csv')

async function sampleFolder(): Promise<string> {
  const folder = join(await temporaryFolder(), 'run')
  const models = [
    { model: 'openai/a', playerKind: 'api' as const },
    { model: 'oracle', playerKind: 'oracle' as const },
  ]
  writeRunFolder(folder, sampleRun({ models, repeats: 2 }))
  return folder
}

describe('compare', () => {
  test('shows a run in the terminal, and writes its documents', async () => {
    const folder = await sampleFolder()
    const { exitCode, stdout, stderr } = await runCli([
      'compare',
      folder,
      '--by',
      'model,stratum',
      '--format',
      'terminal,json,md,csv',
      '--out',
      folder,
    ])
    expect(stderr).toBe('')
    expect(exitCode).toBe(0)
    expect(stdout).toContain('script-tool used')
    expect(stdout).toContain('No evidence about models')
    const json: unknown = JSON.parse(readFileSync(join(folder, 'compare.json'), 'utf8'))
    expect(comparisonSchema.safeParse(json).error).toBeUndefined()
    expect(readFileSync(join(folder, 'contrasts.csv'), 'utf8')).toMatch(/^scope,is_evidence,stratum,contrast,/)
    expect(readFileSync(join(folder, 'compare.md'), 'utf8')).toMatch(/^# Comparison of run/)
  })

  test.each([
    [['--metric', 'turn'], 'did you mean "turns"?'],
    [['--margin', '7'], 'such as 5pp or 0.05'],
    [['--format', 'json,csv'], 'need --out'],
  ])('%j gets an error that says what is expected', async (flags, message) => {
    const { exitCode, stderr } = await runCli(['compare', await sampleFolder(), ...flags])
    expect(stderr).toContain(message)
    expect(exitCode).toBe(1)
  })

  test('no run there, and a run without a trial', async () => {
    const folder = await temporaryFolder()
    const missing = await runCli(['compare', join(folder, 'none')])
    expect(missing).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('expected the folder of a run') })
    writeRunFolder(folder, [])
    expect(await runCli(['compare', folder])).toMatchObject({
      exitCode: 5,
      stderr: expect.stringContaining('no trial of this run was scored'),
    })
  })
})

test('aa prints the noise floor', async () => {
  const { exitCode, stdout } = await runCli(['aa', await sampleFolder()])
  expect(exitCode).toBe(0)
  expect(stdout).toContain('openai/a, script-tool')
  expect(stdout).toMatch(/\d+ of \d+ intervals include 0/)
})

describe('import', () => {
  let folder = ''
  let imported = ''
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'scriptbench-import-'))
    imported = join(folder, 'm3')
    expect(await runCli(['import', 'm3tooleval', EXAMPLE, '--out', imported])).toMatchObject({ exitCode: 0 })
  })

  test('the published comparison of code with JSON comes out', async () => {
    const { stdout } = await runCli(['compare', imported])
    expect(stdout).toContain('imported from M3ToolEval, m3tooleval.csv')
    expect(stdout).toContain('code solved 4.5 points more tasks than json [−0.1, +9.2], 18 models')
    expect(stdout).toContain('code used 0.940 times the turns of json [0.898, 0.985], 18 models')
  })

  test('nothing can be added to it', async () => {
    const { exitCode, stderr } = await runCli([
      'run',
      'suites/demo.yaml',
      '--models',
      'oracle',
      '--tasks',
      'csv-quotes',
      '--out',
      imported,
    ])
    expect(exitCode).toBe(1)
    expect(stderr).toContain('imported from M3ToolEval, m3tooleval.csv; no trials can be added')
    const again = await runCli(['import', 'm3tooleval', EXAMPLE, '--out', imported])
    expect(again).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('already contains a run') })
  })

  test('the report says where it comes from', async () => {
    const { stdout } = await runCli(['report', imported, '--format', 'terminal'])
    expect(stdout).toContain('M3ToolEval, m3tooleval.csv')
  })

  test('a mistake in the file is reported with line and column', async () => {
    const folder = await createFolder({ 'o.csv': 'task,model,mode,solved\na,m,x,perhaps\n' })
    const { exitCode, stderr } = await runCli(['import', 'csv', join(folder, 'o.csv'), '--out', join(folder, 'run')])
    expect(exitCode).toBe(1)
    expect(stderr).toContain('line 2, column "solved": expected true or false, found "perhaps"')
  })
})
