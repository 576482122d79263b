import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkPlayers, createCheckedProvider } from '../../../src/run/suite/check-players.ts'
import { planRun } from '../../../src/run/suite/plan-run.ts'
import { folderWith } from '../../helpers/folders.ts'
import { inlineSuite, inlineTask } from '../../helpers/inline-task.ts'

async function plan(fields: Record<string, unknown>) {
  const folder = await folderWith({ ...inlineTask('one'), 'suite.yaml': inlineSuite(fields) })
  return planRun({ suiteFile: join(folder, 'suite.yaml'), overrides: {}, environment: process.env })
}

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

test('a built-in player outside a trial answers with a failure', async () => {
  const provider = createCheckedProvider({ spec: 'oracle', parameters: {} }, {})
  const request = { system: '', messages: [], tools: [], parallelToolCalls: false, cacheKey: 'check' }
  expect(await provider.ask(request, { signal: new AbortController().signal })).toMatchObject({
    ok: false,
    failure: { class: 'bad-request', message: 'oracle plays tasks and cannot be asked by itself' },
  })
})
