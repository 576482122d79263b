import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadGatePolicy } from '../../../src/cli/commands/load-gate-policy.ts'
import { metricGates } from '../../../src/report/gate/gate-policy.ts'
import { createFolder } from '../../helpers/run-cli.ts'

async function policyFile(text: string): Promise<string> {
  return join(await createFolder({ 'gate.yaml': text }), 'gate.yaml')
}

test('points and ratios, on the scale on which they are compared', async () => {
  const text = 'metrics:\n  solved: { margin: 5pp }\n  clauses: { detectable: 0.1 }\n  turns: { ratioMax: 1.1 }\n'
  const policy = await loadGatePolicy(await policyFile(text))
  expect(metricGates(policy)).toEqual([
    { metric: 'solved', kind: 'margin', limit: 0.05 },
    { metric: 'clauses', kind: 'detectable', limit: 0.1 },
    { metric: 'turns', kind: 'margin', limit: Math.log(1.1) },
  ])
  expect(policy).toMatchObject({ trials: { baseline: 3, run: 1 }, power: 0.8, quarantine: { flakyShareMax: 0.25 } })
})

test('no file, and an empty one, are the defaults', async () => {
  const defaults = await loadGatePolicy(undefined)
  expect(metricGates(defaults).map(({ metric }) => metric)).toEqual(['solved', 'turns', 'inputTokens'])
  expect(await loadGatePolicy(await policyFile('# nothing\n'))).toEqual(defaults)
})

test.each([
  ['metrics:\n  sloved: { margin: 5pp }', ':2: metrics.sloved: unknown key; did you mean "solved"?'],
  ['quarantin: {}', ':1: quarantin: unknown key; did you mean "quarantine"?'],
  ['metrics:\n  solved: { ratioMax: 1.1 }', ':2: metrics.solved.ratioMax: unknown key'],
  ['metrics:\n  solved: { margin: 5 }', 'metrics.solved.margin: expected'],
  ['metrics:\n  solved: { margin: five }', 'metrics.solved.margin: expected'],
  ['metrics:\n  solved: {}', 'exactly one of margin and detectable'],
  ['metrics:\n  turns: { ratioMax: 0.9 }', 'metrics.turns.ratioMax: expected more than 1'],
  ['metrics: {}', 'at least one metric'],
  ['trials: { baseline: 0 }', 'trials.baseline: expected at least 1'],
  ['arms: [script-tool]', 'arms[0]: expected an object'],
  ['- a', 'expected an object'],
  ['metrics: [', 'not valid YAML'],
])('%j is refused with its place', async (text, message) => {
  await expect(loadGatePolicy(await policyFile(text))).rejects.toThrow(message)
})

test('a file that is not there', async () => {
  await expect(loadGatePolicy('none.yaml')).rejects.toMatchObject({ code: 'file-not-found' })
})
