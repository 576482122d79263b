// Covers: report/comparison/compare-failure.ts, report/comparison/compare-runs.ts
// Covers: report/comparison/compare-scopes.ts, report/comparison/compared-factors.ts
// Covers: report/comparison/contrast-specs.ts, report/comparison/observe-runs.ts, report/comparison/primary.ts
// Covers: report/comparison/scope-drafts.ts, report/judging/grid.ts

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { TrialMetrics } from '../../../src/metrics/trial-metrics.ts'
import { type CompareOptions, compareRuns } from '../../../src/report/comparison/compare-runs.ts'
import type { Comparison, ContrastResult } from '../../../src/report/comparison/comparison.ts'
import { isScored } from '../../../src/report/document/summarise-arm.ts'
import { type Facts, PARALLEL, pairedTrials, runOf, SCRIPT, trialOf } from '../../helpers/compared-run.ts'

function compare(trials: TrialMetrics[], options: CompareOptions = {}, content = {}): Comparison {
  const compared = compareRuns([runOf(trials, { suite: { name: 'demo', digest: 'd', content } })], options)
  if (!compared.ok) throw new Error(compared.error.message)
  return compared.value
}

function solvedOf(comparison: Comparison, contrast: string): ContrastResult | undefined {
  return comparison.scopes[0]?.contrasts.find(each => each.metric === 'solved' && each.contrast === contrast)
}

const namesOf = (comparison: Comparison, kind?: ContrastResult['kind']) => [
  ...new Set(
    comparison.scopes[0]?.contrasts.filter(each => kind === undefined || each.kind === kind).map(each => each.contrast),
  ),
]

/** Every task in every mode and reinjection given. */
function factorial(
  modes: readonly string[],
  reinjections: readonly string[],
  factsOf: (facts: Facts & { index: number }) => Facts = () => ({}),
) {
  const trials: TrialMetrics[] = []
  for (let index = 0; index < 6; index++)
    for (const mode of modes as TrialMetrics['mode'][])
      for (const reinjection of reinjections as TrialMetrics['reinjection'][]) {
        const task = `t${index}`
        trials.push(trialOf({ task, mode, reinjection, ...factsOf({ index, mode, reinjection }) }))
      }
  return trials
}

describe('which contrasts there are', () => {
  test('modes have those with a name, and others against the baseline', () => {
    const all = compare(factorial(['structured-serial', PARALLEL, SCRIPT, 'script-text'], ['off']))
    expect(namesOf(all)).toEqual([
      'composition',
      'carrier',
      'parallelism',
      'script-tool − structured-serial',
      'script-text − structured-serial',
    ])
    expect(solvedOf(all, 'carrier')).toMatchObject({ other: 'script-text', baseline: SCRIPT, kind: 'carrier' })
    expect(all.primary).toMatchObject({ contrast: 'composition', metric: 'solved', isDeclared: false, margin: 0.05 })
  })

  test('reinjection levels stand against off and against placebo', () => {
    expect(namesOf(compare(factorial([PARALLEL], ['off', 'tail', 'placebo'])))).toEqual([
      'tail − off',
      'placebo − off',
      'tail − placebo',
    ])
  })

  test('two factors: main effects, interaction and simple effects, as one task gives them', () => {
    const solvedAt = new Set([
      '0-script-tool-tail',
      '1-script-tool-tail',
      '2-script-tool-off',
      '3-structured-parallel-tail',
    ])
    const trials = factorial([PARALLEL, SCRIPT], ['off', 'tail'], ({ index, mode, reinjection }) => ({
      outcome: solvedAt.has(`${index}-${mode}-${reinjection}`) ? 'solved' : 'unsolved',
    }))
    const comparison = compare(trials)
    expect(solvedOf(comparison, 'composition')?.estimate).toBeCloseTo((0.5 + 0.5 + 0.5 - 0.5) / 6)
    expect(solvedOf(comparison, 'composition × (tail − off)')?.estimate).toBeCloseTo((1 + 1 - 1 - 1) / 6)
    expect(solvedOf(comparison, 'composition at reinjection=tail')?.estimate).toBeCloseTo((1 + 1 - 1) / 6)
    expect(solvedOf(comparison, 'tail − off at mode=script-tool')?.estimate).toBeCloseTo((1 + 1 - 1) / 6)
    expect(namesOf(comparison, 'interaction')).toEqual(['composition × (tail − off)'])
  })

  test('a hole in a cell takes its task out, and that is counted', () => {
    const trials = factorial([PARALLEL, SCRIPT], ['off', 'tail'], ({ index, mode, reinjection }) =>
      index === 2 && mode === SCRIPT && reinjection === 'tail' ? { outcome: 'failed' } : {},
    )
    expect(solvedOf(compare(trials), 'composition')).toMatchObject({ tasks: 5, leftOut: { noTrial: 1 } })
  })

  test('a factor of a module: levels against its baseline', () => {
    const tone = (index: number) => ({ custom: { tone: ['terse', 'kind'][index % 2] as string }, mode: PARALLEL })
    const trials = [0, 1, 2, 3].flatMap(index => [
      trialOf({ task: `t${index}`, ...tone(0) }),
      trialOf({ task: `t${index}`, ...tone(1) }),
    ])
    const content = { factors: [{ name: 'tone', levels: ['terse', 'kind'] }] }
    expect(namesOf(compare(trials, {}, content))).toEqual(['kind − terse'])
  })
})

describe('the family', () => {
  const trials = () =>
    factorial([PARALLEL, SCRIPT, 'script-text'], ['off', 'tail'], ({ index, mode }) => ({
      outcome: (index + (mode === SCRIPT ? 1 : 0)) % 2 === 0 ? 'solved' : 'unsolved',
      turns: 2 + index + (mode === SCRIPT ? 1 : 0) * (index % 3),
    }))

  test('is the primary contrast on what a decision rests on, and the other main contrasts on the primary metric', () => {
    const roles = compare(trials()).scopes[0]?.contrasts.filter(each => each.role !== 'exploratory')
    expect(roles?.map(each => `${each.contrast} ${each.metric} ${each.role}`)).toEqual([
      'composition solved primary',
      'composition turns confirmatory',
      'composition inputTokens confirmatory',
      'composition costUsd confirmatory',
      'carrier solved confirmatory',
      'script-text − structured-parallel solved confirmatory',
      'tail − off solved confirmatory',
    ])
  })

  test('does not depend on what is shown', () => {
    const all = compare(trials())
    const shown = compare(trials(), { factor: 'reinjection', metrics: ['solved'] })
    expect(shown.family).toEqual(all.family)
    expect(solvedOf(shown, 'tail − off')).toEqual(solvedOf(all, 'tail − off'))
    expect(namesOf(shown)).not.toContain('composition')
  })

  test('an asked baseline adds contrasts that are exploratory', () => {
    const asked = compare(trials(), { baseline: 'script-text' })
    expect(solvedOf(asked, 'structured-parallel − script-text')).toBeUndefined()
    const more = compare(factorial(['structured-serial', PARALLEL, SCRIPT, 'script-text'], ['off']), {
      baseline: PARALLEL,
    })
    expect(solvedOf(more, 'script-text − structured-parallel')).toMatchObject({ role: 'exploratory' })
  })

  test('what the suite declared is primary, with its margin', () => {
    const content = { analysis: { primary: 'turns', factor: 'reinjection', baseline: 'off', margin: 0.1 } }
    const { primary } = compare(trials(), {}, content)
    expect(primary).toEqual({ contrast: 'tail − off', metric: 'turns', margin: 0.1, isDeclared: true })
  })

  test('an unknown primary metric is said, and solved takes its place', () => {
    const { primary, notes } = compare(
      trials(),
      {},
      { analysis: { primary: 'fun', factor: 'mode', baseline: PARALLEL } },
    )
    expect(primary).toMatchObject({ metric: 'solved', isDeclared: false })
    expect(notes.join()).toContain('"fun"')
  })
})

describe('several runs', () => {
  const half = (isSolved: boolean, manifest = {}) =>
    runOf(
      [0, 1, 2, 3, 4].map(index =>
        trialOf({ task: `t${index}`, outcome: isSolved && index > 0 ? 'solved' : 'unsolved' }),
      ),
      manifest,
      `r/${isSolved}`,
    )

  const solvedIn = (runs: Parameters<typeof compareRuns>[0]) => {
    const compared = compareRuns(runs)
    if (!compared.ok) throw new Error(compared.error.message)
    return { ...compared.value, solved: compared.value.scopes[0]?.contrasts[0] }
  }

  test('are compared with the first, task by task', () => {
    const { primary, solved } = solvedIn([half(false), half(true)])
    expect(primary).toMatchObject({ contrast: 'true − false' })
    expect(solved).toMatchObject({ kind: 'runs', metric: 'solved', estimate: 0.8, tasks: 5 })
  })

  test('tasks whose files differ are left out and named', () => {
    const tasks = (digest: string) => ({ tasks: { t1: { digest }, t2: { digest: 'same' } } })
    const { notes, solved } = solvedIn([half(false, tasks('a')), half(true, tasks('b'))])
    expect(solved).toMatchObject({ tasks: 4 })
    expect(notes.join()).toContain('differ between the runs: t1')
  })

  test('the same folder twice is refused', () => {
    expect(compareRuns([half(true), half(true)])).toMatchObject({ ok: false, error: { kind: 'nothing-to-compare' } })
  })
})

describe('mistakes', () => {
  const run = () => [runOf(pairedTrials(3, () => ({})))]
  test.each([
    [{ factor: 'mod' }, { kind: 'unknown-word', word: 'mod', known: ['mode'] }],
    [{ baseline: 'script' }, { kind: 'unknown-word', known: [PARALLEL, SCRIPT] }],
    [{ metrics: ['turn'] }, { kind: 'unknown-word', word: 'turn' }],
    [{ factor: 'reinjection' }, { kind: 'nothing-to-compare', message: expect.stringContaining('single level') }],
  ])('%j', (options, error) => {
    expect(compareRuns(run(), options)).toMatchObject({ ok: false, error })
  })

  test('no run, one arm, nothing scored', () => {
    expect(compareRuns([])).toMatchObject({ ok: false })
    expect(compareRuns([runOf([trialOf()])])).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('one arm') },
    })
    expect(compareRuns([runOf([trialOf({ outcome: 'failed' })])])).toMatchObject({
      ok: false,
      error: { kind: 'nothing-scored' },
    })
  })
})

describe('players', () => {
  test('each by itself, then real models together, then others, which never mix', () => {
    const trials = ['b', 'a', 'oracle'].flatMap(model =>
      pairedTrials(3, () => ({ model, playerKind: model === 'oracle' ? 'oracle' : 'api' })),
    )
    const { scopes, notes } = compare(trials)
    expect(scopes.map(({ name, isEvidence }) => [name, isEvidence])).toEqual([
      ['a', true],
      ['b', true],
      ['All models (2)', true],
      ['oracle', false],
    ])
    expect(notes.join()).toContain('too few to say anything about models in general')
  })
})

describe('properties', () => {
  const facts = fc.record({
    outcome: fc.constantFrom<TrialMetrics['outcome']>('solved', 'unsolved', 'failed'),
    turns: fc.integer({ min: 1, max: 30 }),
    inputTokens: fc.option(fc.integer({ min: 0, max: 9999 }), { nil: undefined }),
  })
  const runs = fc.array(fc.record({ parallel: facts, script: facts, text: facts }), { minLength: 2, maxLength: 8 })
  const trialsOf = (tasks: { parallel: Facts; script: Facts; text: Facts }[], isSwapped = false) =>
    tasks.flatMap(({ parallel, script }, index) => [
      trialOf({ task: `t${index}`, mode: isSwapped ? SCRIPT : PARALLEL, ...parallel }),
      trialOf({ task: `t${index}`, mode: isSwapped ? PARALLEL : SCRIPT, ...script }),
    ])
  const compared = (trials: TrialMetrics[]) => {
    const result = compareRuns([runOf(trials)])
    return result.ok ? (result.value.scopes[0]?.contrasts ?? []) : []
  }
  const figures = ({ estimate, interval, p, tasks, leftOut }: ContrastResult) => ({
    estimate,
    interval,
    p,
    tasks,
    leftOut,
  })

  test('swapping the arms turns every sign around and nothing else', () => {
    fc.assert(
      fc.property(runs, tasks => {
        const back = compared(trialsOf(tasks, true))
        for (const [index, one] of compared(trialsOf(tasks)).entries()) {
          const two = back[index] as ContrastResult
          const turned = one.scale === 'ratio' ? 1 / (two.estimate ?? Number.NaN) : -(two.estimate ?? Number.NaN)
          if (one.estimate !== undefined) expect(one.estimate).toBeCloseTo(turned, 9)
          expect(one.p === undefined ? two.p : two.p === undefined ? one.p : one.p - two.p).toSatisfy(
            each => each === undefined || Math.abs(each as number) < 1e-9,
          )
        }
      }),
      { numRuns: 15 },
    )
  })

  test('another arm does not change the unadjusted figures of a contrast', () => {
    fc.assert(
      fc.property(runs, tasks => {
        // Without a scored trial there is nothing to compare, and another arm's scored trials would change that.
        fc.pre(trialsOf(tasks).some(isScored))
        const before = compared(trialsOf(tasks))
        const text = tasks.map((task, index) => trialOf({ task: `t${index}`, mode: 'script-text', ...task.text }))
        const after = compared([...trialsOf(tasks), ...text]).filter(each => each.contrast === 'composition')
        expect(after.map(figures)).toEqual(before.map(figures))
      }),
      { numRuns: 15 },
    )
  })

  test('the order of the trials does not matter', () => {
    fc.assert(
      fc.property(runs, fc.integer(), (tasks, seed) => {
        const trials = trialsOf(tasks)
        const mixed = trials
          .map((trial, index) => ({ trial, key: Math.sin(seed + index * 7) }))
          .sort((a, b) => a.key - b.key)
        expect(compared(mixed.map(({ trial }) => trial))).toEqual(compared(trials))
      }),
      { numRuns: 15 },
    )
  })
})
