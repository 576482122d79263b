import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { applyOverrides, type SuiteOverrides } from '../../src/suite/apply-overrides.ts'
import { loadSuite } from '../../src/suite/load-suite.ts'
import { temporaryTree } from './temporary-tree.ts'

const YAML = `
models:
  - {spec: anthropic/x, maxOutputTokens: 9}
  - oracle
factors: {mode: [structured-parallel, script-tool], tone: {module: ./tone.ts, levels: [a, b]}}
analysis: {primary: turns, factor: mode, baseline: structured-parallel}
`

async function override(overrides: SuiteOverrides) {
  const dir = temporaryTree({ 'suite.yaml': YAML, 'tone.ts': '' })
  return applyOverrides(await loadSuite(join(dir, 'suite.yaml')), overrides)
}

describe('the command line’s values replace the suite’s', () => {
  test('a model that the suite names keeps its parameters', async () => {
    const { models } = await override({ models: ['anthropic/x', 'openai/y'] })
    expect(models).toEqual([
      { spec: 'anthropic/x', parameters: { maxOutputTokens: 9 } },
      { spec: 'openai/y', parameters: {} },
    ])
  })

  test('levels replace levels, a new built-in factor is added', async () => {
    const { factors } = await override({
      modes: ['script-text'],
      reinjection: ['off', 'tail'],
      factors: { tone: ['b'] },
    })
    expect(factors.map(({ name, levels }) => [name, levels])).toEqual([
      ['mode', ['script-text']],
      ['tone', ['b']],
      ['reinjection', ['off', 'tail']],
    ])
    expect(factors[1]).toHaveProperty('module')
  })

  test('numbers, tasks and the sandbox', async () => {
    const suite = await override({ repeats: 3, seed: 7, tasks: ['a*'], sandbox: 'none' })
    expect(suite).toMatchObject({ repeats: 3, seed: 7, tasks: ['a*'] })
    expect(suite.sandbox).toEqual({ mechanism: 'none', policy: 'workspace-write' })
  })

  test('the analysis stays while its baseline does, and goes with it', async () => {
    expect(await override({ modes: ['structured-parallel'] })).toHaveProperty('analysis')
    expect(await override({ modes: ['script-tool'] })).not.toHaveProperty('analysis')
  })
})

test.each<[string, SuiteOverrides, RegExp]>([
  ['a mode', { modes: ['script'] }, /^--modes: "script" is not a level of mode; did you mean "script-/],
  ['a reinjection level', { reinjection: ['tial'] }, /^--reinjection: .*did you mean "tail"/],
  ['a factor', { factors: { leniensy: ['strict'] } }, /^--factor: unknown factor "leniensy"; did you mean "leniency"/],
  ['no level', { factors: { leniency: [] } }, /^--factor: leniency: expected at least one level/],
  ['repeats', { repeats: 0 }, /^--repeats: expected more than 0/],
  ['a seed', { seed: 1.5 }, /^--seed: expected a whole number/],
  ['a sandbox', { sandbox: 'bubblwrap' }, /^--sandbox: .*did you mean "bubblewrap"/],
  ['a model twice', { models: ['oracle', 'oracle'] }, /^--models: oracle is listed twice/],
  ['an empty model', { models: [''] }, /^--models: /],
  ['no tasks', { tasks: [] }, /^--tasks: expected at least 1 entries/],
])('a mistake in %s names the option', async (_what, overrides, expected) => {
  await expect(override(overrides)).rejects.toMatchObject({ code: 'usage', message: expect.stringMatching(expected) })
})
