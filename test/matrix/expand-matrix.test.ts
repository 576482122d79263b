import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { digestOf } from '../../src/base/digest.ts'
import type { Suite } from '../../src/contracts/suite.ts'
import type { Trial } from '../../src/contracts/trial.ts'
import { expandMatrix } from '../../src/matrix/expand-matrix.ts'
import { makeSuite, makeTask, makeTasks } from './matrix-fixture.ts'

const tasks = makeTasks(3)

function idsOf(changes: Partial<Suite> = {}): Set<string> {
  return new Set(expandMatrix({ suite: makeSuite(changes), tasks }).map(({ id }) => id))
}

function shared(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  return [...left].filter(id => right.has(id)).length
}

describe('the trials of a suite', () => {
  test('are its tasks × models × arms × repeats', () => {
    const suite = makeSuite({
      models: [
        { spec: 'oracle', parameters: {} },
        { spec: 'nop', parameters: {} },
      ],
      factors: [
        { name: 'mode', levels: ['structured-serial', 'script-text'] },
        { name: 'reinjection', levels: ['off', 'tail', 'placebo'] },
      ],
      repeats: 2,
    })
    const trials = expandMatrix({ suite, tasks })
    expect(trials).toHaveLength(3 * 2 * 6 * 2)
    expect(new Set(trials.map(({ task, model, arm, repeat }) => digestOf({ task, model, arm, repeat }))).size).toBe(72)
  })

  test('have every factor at its default unless the suite or the caller says otherwise', () => {
    const [trial] = expandMatrix({ suite: makeSuite({ factors: [] }), tasks, factorDefaults: { leniency: 'strict' } })
    expect(trial?.arm).toEqual({
      mode: 'structured-serial',
      reinjection: 'off',
      reinjectionCarrier: 'tool-result',
      tools: 'full',
      leniency: 'strict',
      protocolText: 'a',
      patchCarrier: 'tool',
      typeCheck: 'off',
      custom: {},
    })
  })

  test('carry the levels of custom factors apart', () => {
    const suite = makeSuite({ factors: [{ name: 'tone', levels: ['plain', 'polite'], module: '/x.ts', digest: 'd' }] })
    expect(
      expandMatrix({ suite, tasks: [makeTask('a')] })
        .map(({ arm }) => arm.custom.tone)
        .sort(),
    ).toEqual(['plain', 'polite'])
  })

  test('run block by block, every arm of a block once, repeat by repeat', () => {
    const trials = expandMatrix({ suite: makeSuite({ repeats: 2 }), tasks })
    expect(trials.map(({ block }) => block)).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5])
    expect(trials.map(({ position }) => position)).toEqual(Array(6).fill([0, 1]).flat())
    expect(trials.map(({ repeat }) => repeat)).toEqual([...Array(6).fill(0), ...Array(6).fill(1)])
  })

  test('share a seed inside a block, whatever the model, and nowhere else', () => {
    const models = [
      { spec: 'simulated/a', parameters: {} },
      { spec: 'simulated/b', parameters: {} },
    ]
    const trials = expandMatrix({ suite: makeSuite({ repeats: 2, models }), tasks })
    const groups = Map.groupBy(trials, ({ task, repeat }) => `${task} ${repeat}`)
    for (const group of groups.values()) expect(new Set(group.map(({ seed }) => seed)).size).toBe(1)
    expect(new Set(trials.map(({ seed }) => seed)).size).toBe(groups.size)
  })

  test('are the same list every time', () => {
    expect(expandMatrix({ suite: makeSuite(), tasks })).toEqual(expandMatrix({ suite: makeSuite(), tasks }))
  })

  test('are refused beyond a million', () => {
    const suite = makeSuite({ repeats: 1000 })
    expect(() => expandMatrix({ suite, tasks: makeTasks(501) })).toThrow(/1002000 trials; expected at most/)
  })

  test('are refused when two have one definition', () => {
    const model = { spec: 'oracle', parameters: {} }
    expect(() => expandMatrix({ suite: makeSuite({ models: [model, model] }), tasks })).toThrow(
      /duplicate trial: .*Name each task and model once/,
    )
  })
})

describe('counterbalancing', () => {
  const LEVELS = ['structured-serial', 'structured-parallel', 'script-tool', 'script-text']

  /** How often each arm has each position: the difference between the most and the least. */
  function imbalance(trials: readonly Trial[], armCount: number): number {
    const counts = new Map<string, number>()
    for (const { arm, position } of trials) {
      const place = `${arm.mode} ${arm.custom.tone} @${position}`
      counts.set(place, (counts.get(place) ?? 0) + 1)
    }
    const all = [...counts.values(), ...Array(armCount * armCount - counts.size).fill(0)]
    return Math.max(...all) - Math.min(...all)
  }

  const shape = fc.record({
    modes: fc.integer({ min: 1, max: 4 }),
    tones: fc.integer({ min: 1, max: 2 }),
    taskCount: fc.integer({ min: 1, max: 9 }),
    modelCount: fc.integer({ min: 1, max: 3 }),
    repeats: fc.integer({ min: 1, max: 5 }),
    seed: fc.nat(),
  })

  function expand({ modes, tones, taskCount, modelCount, repeats, seed }: Record<string, number>): Trial[] {
    const factors = [
      { name: 'mode', levels: LEVELS.slice(0, modes) },
      { name: 'tone', levels: ['a', 'b'].slice(0, tones), module: '/x.ts' },
    ]
    const models = Array.from({ length: modelCount ?? 1 }, (_, index) => ({ spec: `openai/${index}`, parameters: {} }))
    return expandMatrix({
      suite: makeSuite({ factors, models, repeats: repeats ?? 1, seed: seed ?? 0 }),
      tasks: makeTasks(taskCount ?? 1),
    })
  }

  test('over the whole run each arm has each position equally often, up to one', () => {
    fc.assert(
      fc.property(shape, values => {
        expect(imbalance(expand(values), values.modes * values.tones)).toBeLessThanOrEqual(1)
      }),
      { numRuns: 60 },
    )
  })

  test('and so it does within each model, up to one, or two for odd numbers of arms', () => {
    fc.assert(
      fc.property(shape, values => {
        const armCount = values.modes * values.tones
        for (const group of Map.groupBy(expand(values), ({ model }) => model.spec).values())
          expect(imbalance(group, armCount)).toBeLessThanOrEqual(armCount % 2 === 0 ? 1 : 2)
      }),
      { numRuns: 60 },
    )
  })

  test('and exactly within a task that is repeated as often as there are arms', () => {
    const trials = expand({ modes: 4, tones: 1, taskCount: 3, modelCount: 2, repeats: 4, seed: 5 })
    for (const group of Map.groupBy(trials, ({ task, model }) => `${task} ${model.spec}`).values())
      expect(imbalance(group, 4)).toBe(0)
  })

  test('which arm begins depends on the seed', () => {
    const firsts = Array.from(
      { length: 20 },
      (_, seed) => expandMatrix({ suite: makeSuite({ seed }), tasks })[0]?.arm.mode,
    )
    expect(new Set(firsts).size).toBe(2)
  })
})

describe('a trial’s id', () => {
  test('is sixteen hexadecimal digits', () => {
    for (const id of idsOf()) expect(id).toMatch(/^[0-9a-f]{16}$/)
  })

  test.each<[string, Partial<Suite>]>([
    ['the name', { name: 'other' }],
    ['the file', { file: '/elsewhere/x.yaml' }],
    ['the folder of the tasks', { tasksDir: '/elsewhere' }],
    ['the globs', { tasks: ['task-*'] }],
    ['the run’s cost limit', { runCostUsdMax: 1 }],
    ['the analysis', { analysis: { primary: 'turns', factor: 'mode', baseline: 'script-tool' } }],
    ['the seed, for a model that has none', { seed: 99 }],
    [
      'prices',
      {
        models: [
          {
            spec: 'anthropic/x',
            parameters: {},
            prices: { inputPerMillion: 1, outputPerMillion: 1, source: 's', date: 'd' },
          },
        ],
      },
    ],
    ['bubblewrap asked for by name', { sandbox: { mechanism: 'bubblewrap', policy: 'workspace-write' } }],
    ['the order of the levels', { factors: [{ name: 'mode', levels: ['script-tool', 'structured-parallel'] }] }],
  ])('does not depend on %s', (_what, changes) => {
    expect(idsOf(changes)).toEqual(idsOf())
  })

  test.each<[string, Partial<Suite>]>([
    ['more levels', { factors: [{ name: 'mode', levels: ['script-tool', 'structured-parallel', 'script-text'] }] }],
    [
      'another factor',
      {
        factors: [
          { name: 'mode', levels: ['script-tool', 'structured-parallel'] },
          { name: 'reinjection', levels: ['off', 'tail'] },
        ],
      },
    ],
    [
      'another model',
      {
        models: [
          { spec: 'anthropic/x', parameters: {} },
          { spec: 'oracle', parameters: {} },
        ],
      },
    ],
    ['repeats', { repeats: 5 }],
  ])('stays when %s are added', (_what, changes) => {
    expect(shared(idsOf(changes), idsOf())).toBe(idsOf().size)
    expect(idsOf(changes).size).toBeGreaterThan(idsOf().size)
  })

  test.each<[string, Partial<Suite>]>([
    ['the model', { models: [{ spec: 'anthropic/y', parameters: {} }] }],
    ['its parameters', { models: [{ spec: 'anthropic/x', parameters: { temperature: 0 } }] }],
    ['who plays', { models: [{ spec: 'anthropic/x', parameters: {}, playerKind: 'assisted' }] }],
    ['a limit', { limits: { turnsMax: 1, toolCallsMax: 1, wallTimeMs: 1, observationTokensMax: 1 } }],
    ['the sandbox’s policy', { sandbox: { mechanism: 'auto', policy: 'read-only' } }],
    ['no sandbox', { sandbox: { mechanism: 'none', policy: 'workspace-write' } }],
    ['approvals', { approval: { policy: 'untrusted', answer: 'allow' } }],
    ['the preamble', { preamble: 'Be brief.' }],
    ['the tools', { tools: ['exec'] }],
  ])('depends on %s', (_what, changes) => {
    expect(shared(idsOf(changes), idsOf())).toBe(0)
  })

  test('depends on the seed where a player draws from it', () => {
    const models = [{ spec: 'simulated/forgetful', parameters: {} }]
    expect(shared(idsOf({ models, seed: 2 }), idsOf({ models }))).toBe(0)
  })

  test('depends on the task’s content and the code of a custom factor', () => {
    const one = expandMatrix({ suite: makeSuite(), tasks: [makeTask('a', { digest: '1' })] })
    const two = expandMatrix({ suite: makeSuite(), tasks: [makeTask('a', { digest: '2' })] })
    expect(shared(new Set(one.map(({ id }) => id)), new Set(two.map(({ id }) => id)))).toBe(0)
    const withModule = (digest: string) => ({ factors: [{ name: 'tone', levels: ['a'], module: '/x.ts', digest }] })
    expect(shared(idsOf(withModule('1')), idsOf(withModule('2')))).toBe(0)
  })

  test('does not depend on the other tasks or their order', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(tasks, { minLength: 1 }), subset => {
        const ids = new Set(expandMatrix({ suite: makeSuite(), tasks: subset }).map(({ id }) => id))
        expect(shared(ids, idsOf())).toBe(ids.size)
      }),
    )
  })
})
