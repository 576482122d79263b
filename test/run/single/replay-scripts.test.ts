import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runFiles } from '../../../src/log/run-files.ts'
import { replayScripts } from '../../../src/run/single/replay-scripts.ts'
import { planRun } from '../../../src/run/suite/plan-run.ts'
import { runSuite } from '../../../src/run/suite/run-suite.ts'
import { folderWith, temporaryFolder } from '../../helpers/folders.ts'
import { inlineSuite, inlineTask } from '../../helpers/inline-task.ts'

const signal = new AbortController().signal

/** A run of the oracle in a script mode and in a mode without scripts. */
async function run(): Promise<{ runDir: string; trials: string[] }> {
  const factors = { mode: ['script-tool', 'structured-parallel'] }
  const suite = inlineSuite({ factors, sandbox: { mechanism: 'none' } })
  const folder = await folderWith({ ...inlineTask('one'), 'suite.yaml': suite })
  const runDir = join(folder, 'run')
  const plan = await planRun({ suiteFile: join(folder, 'suite.yaml'), overrides: {}, environment: process.env })
  await runSuite({ plan, outDir: runDir, concurrency: 1, environment: {}, onProgress: () => undefined, signal })
  return { runDir, trials: await readdir(runFiles(runDir).trials) }
}

test('every script of a run is replayed from its log, or one that is named', async () => {
  const { runDir, trials } = await run()
  expect(trials).toHaveLength(2)
  const replayed = await replayScripts({ runDir, signal })
  expect(replayed).toEqual([{ trial: expect.any(String), script: 't1.s1', kind: 'identical', calls: 2 }])
  const trialStart = replayed[0]?.trial.slice(0, 6) ?? ''
  expect(await replayScripts({ runDir, trialStart, script: 't1.s1', signal })).toEqual(replayed)
  expect(await replayScripts({ runDir, signal: AbortSignal.abort() })).toEqual([])
})

test('an edited log and one that cannot be read are skipped, with the reason', async () => {
  const { runDir, trials } = await run()
  for (const trial of trials) {
    const file = runFiles(runDir).trialLog(trial)
    const log = await readFile(file, 'utf8')
    const isScripted = log.includes('"script_start"')
    await writeFile(file, isScripted ? log.replaceAll('return before.text', 'return before.none') : 'damaged\n')
  }
  const replayed = await replayScripts({ runDir, signal })
  const reasons = replayed.map(each => (each.kind === 'skipped' ? each.reason : each.kind)).sort()
  expect(reasons).toEqual([
    expect.stringContaining('events.jsonl'),
    'its log is incomplete: a secret was removed, or the log was changed',
  ])
})

test('no run, no such trial and no such script are mistakes', async () => {
  const { runDir } = await run()
  const mistakes = [
    { runDir: await temporaryFolder(), message: 'not a run' },
    { runDir, trialStart: 'zzz', message: 'no trial id begins with "zzz"' },
    { runDir, script: 't9.s9', message: 'no script "t9.s9"' },
  ]
  for (const { message, ...options } of mistakes) {
    await expect(replayScripts({ ...options, signal })).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining(message),
    })
  }
})
