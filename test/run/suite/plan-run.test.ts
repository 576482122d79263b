import { join } from 'node:path'
import { expect, test } from 'vitest'
import { planRun } from '../../../src/run/suite/plan-run.ts'
import { folderWith } from '../../helpers/folders.ts'
import { inlineSuite, inlineTask } from '../../helpers/inline-task.ts'

async function plan(fields: Record<string, unknown> = {}, path = process.env.PATH ?? '') {
  const folder = await folderWith({ ...inlineTask('one'), ...inlineTask('two'), 'suite.yaml': inlineSuite(fields) })
  return planRun({ suiteFile: join(folder, 'suite.yaml'), overrides: {}, environment: { PATH: path } })
}

test('the arms of a block stand together, each position once', async () => {
  const { trials } = await plan({
    factors: { mode: ['script-tool', 'structured-parallel', 'script-text'] },
    repeats: 2,
  })
  expect(trials).toHaveLength(12)
  for (let at = 0; at < trials.length; at += 3) {
    const block = trials.slice(at, at + 3)
    expect(new Set(block.map(trial => trial.block)).size).toBe(1)
    expect(block.map(trial => trial.position)).toEqual([0, 1, 2])
  }
})

test('arms that leave no way to change a file, and tools that do not exist, stop the run before it starts', async () => {
  const factors = { tools: ['full', 'no-shell'], patchCarrier: ['tool', 'shell'] }
  await expect(plan({ factors })).rejects.toThrow('cannot be combined')
  await expect(plan({ tools: ['exec', 'reedFile'] })).rejects.toThrow(
    'unknown tool "reedFile"; did you mean "readFile"?',
  )
})
