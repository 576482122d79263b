import { readdir, readFile, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { MODES } from '../../src/contracts/arm.ts'
import { inlineSuite, inlineTask } from '../helpers/inline-task.ts'
import { createFolder, runCli, runCliJson } from '../helpers/run-cli.ts'

interface RunJson {
  out: string
  planned: number
  finished: number
  failed: number
  documents: string[]
}

/** A suite in a folder of its own; every mode, so four trials a task and model. */
async function createSuite(fields: Record<string, unknown> = {}, tasks = ['one', 'two']): Promise<string> {
  const files = Object.assign({}, ...tasks.map(id => inlineTask(id)))
  return createFolder({ ...files, 'suite.yaml': inlineSuite({ factors: { mode: MODES }, ...fields }) })
}

async function readRows(folder: string, run = 'run'): Promise<Record<string, string>[]> {
  const [header = '', ...lines] = (await readFile(join(folder, run, 'trials.csv'), 'utf8')).trim().split('\n')
  const names = header.split(',')
  return lines.map(line => Object.fromEntries(line.split(',').map((value, index) => [names[index] as string, value])))
}

async function readJournal(folder: string): Promise<string[]> {
  const lines = (await readFile(join(folder, 'run', 'journal.jsonl'), 'utf8')).trim().split('\n')
  return lines.map(line => (JSON.parse(line) as { trial: string }).trial)
}

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

  test('the same suite twice with one seed gives equal outcomes, turns, calls and errors', async () => {
    const folder = await createSuite({ models: ['simulated/hasty'], repeats: 2 })
    const facts = async (run: string) => {
      await runCliJson<RunJson>(['run', 'suite.yaml', '--out', run], { cwd: folder })
      const rows = await readRows(folder, run)
      const columns = [
        'trial_id',
        'outcome',
        'turns',
        'tool_calls',
        'scripts',
        'errors_protocol',
        'errors_script',
        'errors_tool',
      ]
      return rows.map(row => columns.map(column => row[column]).join(' ')).sort()
    }
    expect(await facts('first')).toEqual(await facts('second'))
  })

  test('a player whose file has changed is another player', async () => {
    const folder = await createSuite({ models: ['scripted/replies.json'], factors: {} }, ['one'])
    const finish = async (text: string) => {
      await writeFile(join(folder, 'replies.json'), JSON.stringify([{ text }]))
      return runCliJson<RunJson>(['run', 'suite.yaml', '--out', 'run'], { cwd: folder })
    }
    await finish('I give up.')
    await finish('I give up again.')
    expect(new Set(await readJournal(folder)).size).toBe(2)
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

  test('several steps are one conversation, each checked over what it left', async () => {
    const folder = await createFolder({
      ...inlineTask('long', { steps: ['first', 'second'] }),
      'suite.yaml': inlineSuite({ factors: { mode: MODES, reinjection: ['off', 'turn-top'] } }),
    })
    await runCliJson<RunJson>(['run', 'suite.yaml', '--out', 'run'], { cwd: folder })
    const rows = await readRows(folder)
    expect(rows.map(row => row.outcome)).toEqual(Array(8).fill('solved'))
    expect(new Set(rows.map(row => `${row.clauses_kept}/${row.clauses_total}`))).toEqual(new Set(['4/4']))
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
    ['a folder that is no run', ['report', 'tasks'], /tasks/],
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

  test('a run folder that is in use is refused, and a stale lock is taken over', async () => {
    const folder = await createSuite({ factors: {} }, ['one'])
    const lock = (pid: number) => JSON.stringify({ pid, host: hostname(), startedAt: 'noon' })
    const inUse = await createFolder({ '.lock': lock(process.pid) })
    const refused = await runCli(['run', 'suite.yaml', '--out', inUse], { cwd: folder })
    expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(`process ${process.pid}`) })
    const stale = await createFolder({ '.lock': lock(4_194_304) })
    const taken = await runCli(['run', 'suite.yaml', '--out', stale], { cwd: folder })
    expect(taken.exitCode).toBe(0)
  })
})
