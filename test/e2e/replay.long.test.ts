import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { digestOf } from '../../src/base/digest.ts'
import type { TrialEvent } from '../../src/contracts/events.ts'
import { scriptRecordings } from '../../src/log/script-recordings.ts'
import { inlineSuite, inlineTask } from '../helpers/inline-task.ts'
import { createFolder, runCli, runCliJson } from '../helpers/run-cli.ts'

interface ReplayJson {
  identical: number
  diverged: number
  skipped: number
  scripts: { trial: string; script: string; kind: string; message?: string }[]
}

test('scriptbench replay: a run is identical, a changed script is named, mistakes are answered', async () => {
  const suite = inlineSuite({ factors: { mode: ['structured-parallel', 'script-tool', 'script-text'] } })
  const folder = await createFolder({ ...inlineTask('one'), 'suite.yaml': suite })
  await runCliJson(['run', 'suite.yaml', '--out', 'run'], { cwd: folder })

  const whole = await runCliJson<ReplayJson>(['replay', 'run'], { cwd: folder })
  expect(whole).toMatchObject({ diverged: 0, skipped: 0 })
  expect(whole.identical).toBeGreaterThanOrEqual(2)

  const { script, trial } = whole.scripts[0] as ReplayJson['scripts'][number]
  await changeSource(join(folder, 'run', 'trials', trial, 'events.jsonl'), script)
  const [changed, unknown, nowhere] = await Promise.all([
    runCli(['replay', 'run', trial.slice(0, 8)], { cwd: folder }),
    runCli(['replay', 'run', '--script', 't99.s1'], { cwd: folder }),
    runCli(['replay', 'nowhere'], { cwd: folder }),
  ])
  expect(changed).toMatchObject({ exitCode: 2, stdout: expect.stringMatching(/diverged {3}1\n.*call 1: recorded/s) })
  expect(unknown).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('no script "t99.s1"') })
  expect(nowhere).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('not a run') })
})

/** Replaces a script's source by another program, as if the log had always contained it. */
async function changeSource(file: string, script: string): Promise<void> {
  const [header = '', ...lines] = (await readFile(file, 'utf8')).trim().split('\n')
  const events = lines.map(line => JSON.parse(line) as TrialEvent)
  const start = events.find(event => event.type === 'script_start' && event.script === script)
  const changed = events.map((event): TrialEvent => {
    if (event.type !== 'content' || start?.type !== 'script_start' || event.hash !== start.source) return event
    return { ...event, value: 'return await tools.other({})' }
  })
  const logged = scriptRecordings(events).find(each => each.script === script)
  if (logged?.kind !== 'recorded') throw new Error('not recorded')
  const { recording } = logged
  const request = { ...recording.request, source: 'return await tools.other({})' }
  const digest = digestOf({ ...recording, request })
  const sealed = changed.map(event =>
    event.type === 'script_recording' && event.script === script
      ? { ...event, recording: { ...event.recording, digest } }
      : event,
  )
  await writeFile(file, [header, ...sealed.map(event => JSON.stringify(event)), ''].join('\n'))
}
