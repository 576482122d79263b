import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runCli, runCliJson } from '../helpers/run-cli.ts'
import { createSuite, type RunJson, readJournal, readRows } from '../helpers/suite-runs.ts'

describe('run', () => {
  test('oracle solves everything and nop nothing, in every mode', async () => {
    const folder = await createSuite({ models: ['oracle', 'nop'] })
    const run = await runCliJson<RunJson>(['run', 'suite.yaml', '--out', 'run'], { cwd: folder })
    expect(run).toMatchObject({ planned: 16, finished: 16, failed: 0 })
    expect(run.documents.map(file => file.split('/').at(-1))).toEqual([
      'trials.csv',
      'contrasts.csv',
      'results.json',
      'compare.json',
      'report.md',
      'report.html',
    ])
    const rows = await readRows(folder)
    expect(rows.filter(row => row.model === 'oracle').map(row => row.outcome)).toEqual(Array(8).fill('solved'))
    expect(rows.filter(row => row.model === 'nop').map(row => row.outcome)).toEqual(Array(8).fill('unsolved'))
  })

  test('the same folder again runs nothing, and further repeats keep every trial', async () => {
    const folder = await createSuite()
    await runCliJson<RunJson>(['run', 'suite.yaml', '--out', 'run'], { cwd: folder })
    const first = await readJournal(folder)
    const again = await runCliJson<RunJson>(['run', 'suite.yaml', '--out', 'run'], { cwd: folder })
    expect(again.finished).toBe(8)
    expect(await readJournal(folder)).toEqual(first)
    await runCliJson<RunJson>(['run', 'suite.yaml', '--out', 'run', '--repeats', '2'], { cwd: folder })
    const more = await readJournal(folder)
    expect(more.slice(0, first.length)).toEqual(first)
    expect(more).toHaveLength(16)
  })

  test('a run killed half-way and resumed has each trial exactly once', async () => {
    const folder = await createSuite({ repeats: 3 })
    const killed = await runCli(['run', 'suite.yaml', '--out', 'run', '--concurrency', '2'], {
      cwd: folder,
      killWhen: stderr => stderr.includes('9/24'),
    })
    expect(killed.exitCode).toBeNull()
    const before = await readJournal(folder)
    expect(before.length).toBeGreaterThanOrEqual(8)
    expect(before.length).toBeLessThan(24)
    const resumed = await runCliJson<RunJson>(['run', 'suite.yaml', '--out', 'run'], { cwd: folder })
    expect(resumed).toMatchObject({ planned: 24, finished: 24 })
    const after = await readJournal(folder)
    expect(new Set(after).size).toBe(24)
    expect(after).toHaveLength(24)
    expect(await readRows(folder)).toHaveLength(24)
  })

  test('reports are rebuilt from the logs alone, byte for byte', async () => {
    const folder = await createSuite()
    await runCliJson<RunJson>(['run', 'suite.yaml', '--out', 'run'], { cwd: folder })
    const names = ['trials.csv', 'results.json', 'report.md', 'report.html']
    const read = () => Promise.all(names.map(name => readFile(join(folder, 'run', name), 'utf8')))
    const before = await read()
    for (const name of names) await writeFile(join(folder, 'run', name), 'gone')
    const { exitCode } = await runCli(['report', 'run', '--format', 'csv,json,md,html'], { cwd: folder })
    expect(exitCode).toBe(0)
    expect(await read()).toEqual(before)
  })

  test('a dry run prints the trials and starts nothing', async () => {
    const folder = await createSuite()
    const plan = await runCliJson<{ count: number; trials: { id: string }[]; forecast: { trials: number } }>(
      ['run', 'suite.yaml', '--out', 'run', '--dry-run'],
      { cwd: folder },
    )
    expect(plan.count).toBe(8)
    expect(new Set(plan.trials.map(({ id }) => id)).size).toBe(8)
    expect(plan.forecast.trials).toBe(8)
    expect(await readdir(folder)).not.toContain('run')
  })

  test('one trial reads as a conversation', async () => {
    const folder = await createSuite({ factors: { mode: ['script-tool'] } }, ['one'])
    await runCliJson<RunJson>(['run', 'suite.yaml', '--out', 'run'], { cwd: folder })
    const [id = ''] = await readJournal(folder)
    const { exitCode, stdout } = await runCli(['trial', 'run', id.slice(0, 6)], { cwd: folder })
    expect(exitCode).toBe(0)
    expect(stdout).toContain('make greeting.txt say "hello world"')
    expect(stdout).toContain('applyPatch')
    expect(stdout).toContain('solved')
  })

  test('Ctrl-C stops cleanly, exits 130 and leaves a run that can be resumed', async () => {
    const folder = await createSuite({ repeats: 5 })
    const stopped = await runCli(['run', 'suite.yaml', '--out', 'run', '--concurrency', '1'], {
      cwd: folder,
      killWhen: stderr => stderr.includes('3/40'),
      killSignal: 'SIGINT',
    })
    expect(stopped.exitCode).toBe(130)
    expect(await readdir(join(folder, 'run'))).not.toContain('.lock')
    const done = await readJournal(folder)
    expect(done.length).toBeLessThan(40)
    expect((await readRows(folder)).length).toBe(done.length)
  })
})

describe('what a user can get wrong', () => {
  test.each([
    ['a missing suite', ['run', 'nowhere.yaml'], /nowhere\.yaml/],
    ['an unknown mode', ['run', 'suite.yaml', '--modes', 'script-tol'], /script-tool/],
    ['a task that matches nothing', ['run', 'suite.yaml', '--tasks', 'on'], /one/],
    ['an unknown model', ['run', 'suite.yaml', '--models', 'orcale'], /oracle/],
    ['a missing key', ['run', 'suite.yaml', '--models', 'openai/gpt-5.5'], /OPENAI_API_KEY/],
    ['an empty key', ['run', 'suite.yaml', '--models', 'anthropic/claude-opus-4-8'], /ANTHROPIC_API_KEY/],
    ['a number that is none', ['run', 'suite.yaml', '--repeats', 'two'], /whole number/],
    ['an unknown option', ['run', 'suite.yaml', '--repeat', '2'], /--repeats/],
    ['an unknown simulated player', ['run', 'suite.yaml', '--models', 'simulated/hastey'], /hasty/],
    ['a folder that is not a run', ['report', 'tasks'], /tasks/],
    ['an unknown limit', ['script', 'suite.yaml', '--workspace', '.', '--limits', 'wallTime=1'], /wallTimeMs/],
    ['an unknown command', ['rum'], /run/],
  ])('%s is named, with exit code 1 and no stack trace', async (_, args, message) => {
    const folder = await createSuite()
    const { exitCode, stderr, stdout } = await runCli(args, { cwd: folder, env: { ANTHROPIC_API_KEY: '' } })
    expect(stderr).toMatch(message)
    expect(stderr).not.toMatch(/\n\s+at /)
    expect(stdout).toBe('')
    expect(exitCode).toBe(1)
  })
})
