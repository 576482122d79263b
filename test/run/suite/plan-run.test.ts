import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkPlayers } from '../../../src/run/suite/check-players.ts'
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

test('every player is made once before any trial', async () => {
  const environment = { ANTHROPIC_API_KEY: ' ' }
  const players = ['oracle', 'nop', 'simulated/hasty?giveUp=0']
  expect([...(await checkPlayers(await plan({ models: players }), environment)).values()]).toEqual([
    'oracle',
    'nop',
    'simulated',
  ])
  const wrong = ['anthropic/claude-opus-4-8', 'simulated/hasty?giveUp=-1', 'scripted/missing.json', 'command/missing']
  for (const spec of wrong) {
    await expect(checkPlayers(await plan({ models: [spec] }), environment)).rejects.toMatchObject({ name: 'UserError' })
  }
})

test('a cost cap without a price is refused, because it cannot be kept', async () => {
  const models = ['openai-compatible/local@http://127.0.0.1:9/v1']
  const capped = await plan({ models, limits: { runCostUsdMax: 1 } })
  await expect(checkPlayers(capped, {})).rejects.toThrow('price')
})
