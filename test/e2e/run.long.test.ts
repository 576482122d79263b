import { writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { MODES } from '../../src/contracts/arm.ts'
import { inlineSuite, inlineTask } from '../helpers/inline-task.ts'
import { createFolder, runCli, runCliJson } from '../helpers/run-cli.ts'
import { createSuite, type RunJson, readJournal, readRows } from '../helpers/suite-runs.ts'

describe('run', () => {
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
