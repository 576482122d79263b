import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { TrialEvent } from '../../src/contracts/events.ts'
import { readTrialLog } from '../../src/log/read-trial-log.ts'
import { runFiles } from '../../src/log/run-files.ts'
import { measureTrial } from '../../src/metrics/measure-trial.ts'
import { planRun } from '../../src/run/suite/plan-run.ts'
import { runSuite } from '../../src/run/suite/run-suite.ts'
import { folderWith } from '../helpers/folders.ts'
import { inlineSuite, inlineTask } from '../helpers/inline-task.ts'

const WRONG = "const file = await tools.readFile({ filePath: 'greeting.txt' })\nreturn file.contents"
const RIGHT = "const file = await tools.readFile({ filePath: 'greeting.txt' })\nreturn file.text"

const program = (code: string) => ({ toolCalls: [{ name: 'run_script', args: { code } }] })

test('a trial under block tells the model before anything ran, one under warn after it', async () => {
  const folder = await folderWith({
    ...inlineTask('one'),
    'replies.json': JSON.stringify([program(WRONG), program(RIGHT)]),
  })
  const suite = inlineSuite({
    models: [`scripted/${join(folder, 'replies.json')}`],
    tasksDir: join(folder, 'tasks'),
    factors: { mode: ['script-tool'], typeCheck: ['warn', 'block'] },
  })
  const suiteFile = join(folder, 'suite.yaml')
  await writeFile(suiteFile, suite)
  const environment = { PATH: process.env.PATH ?? '' }
  const plan = await planRun({ suiteFile, overrides: {}, environment })
  const outDir = join(folder, 'run')
  const { signal } = new AbortController()
  expect(await runSuite({ plan, outDir, concurrency: 1, environment, onProgress: () => {}, signal })).toMatchObject({
    finished: 2,
    failed: 0,
  })
  const [warned, blocked] = await Promise.all(
    ['warn', 'block'].map(level =>
      eventsOf(outDir, plan.trials.find(trial => trial.arm.typeCheck === level)?.id ?? ''),
    ),
  )
  expect(endsOf(warned)).toEqual([
    [undefined, 1, 1],
    [undefined, 1, 0],
  ])
  expect(endsOf(blocked)).toEqual([
    ['type', 0, 1],
    [undefined, 1, 0],
  ])
  expect(shownIn(warned)).toContain('Type problems (the program ran all the same):\\nline 2, column 13: Property')
  expect(shownIn(blocked)).toContain('error (type) at line 2, column 13: Property')
  expect(shownIn(blocked)).toContain('The program did not run.')
  expect(measureTrial(blocked ?? [])).toMatchObject({
    typeCheck: 'block',
    typeProblems: 1,
    scriptFailures: 1,
    toolCalls: 1,
  })
  expect(measureTrial(blocked ?? [])?.typeCheckMs).toBeGreaterThan(0)
})

async function eventsOf(outDir: string, id: string): Promise<TrialEvent[]> {
  const log = await readTrialLog(runFiles(outDir).trialLog(id))
  if (!log.ok) throw new Error(log.error.message)
  return log.value.events
}

/** Of each script: how it failed, its calls, its type problems. */
function endsOf(events: TrialEvent[] = []) {
  const ends = events.flatMap(event => (event.type === 'script_end' ? [event] : []))
  return ends.map(({ calls, failure, typeCheck }) => {
    const problems = typeCheck !== undefined && 'problems' in typeCheck ? typeCheck.problems.length : undefined
    return [failure?.class, calls.length, problems]
  })
}

function shownIn(events: TrialEvent[] = []): string {
  return JSON.stringify(events.filter(event => event.type === 'content'))
}
