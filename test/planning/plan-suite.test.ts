// Covers: planning/

import { describe, expect, test } from 'vitest'
import { seededRandom } from '../../src/base/random.ts'
import { describePlan } from '../../src/cli/terminal/show-plan.ts'
import type { ModelPrices } from '../../src/contracts/model.ts'
import type { Suite } from '../../src/contracts/suite.ts'
import { expandMatrix } from '../../src/matrix/expand-matrix.ts'
import { forecast } from '../../src/matrix/forecast.ts'
import { pilotProblem } from '../../src/planning/pilot-facts.ts'
import type { Plan } from '../../src/planning/plan.ts'
import { type PlanInput, planSuite } from '../../src/planning/plan-suite.ts'
import { plannedMinimumDetectableEffect } from '../../src/statistics/hypotheses/minimum-detectable-effect.ts'
import { type Facts, PARALLEL, pairedTrials, SCRIPT } from '../helpers/compared-run.ts'
import { makeSuite, makeTask } from '../matrix/matrix-fixture.ts'

const CONTRAST = { name: 'composition', factor: 'mode', other: SCRIPT, baseline: PARALLEL }
const MODEL = { spec: 'openai/some', parameters: {} }
const PRICES: ModelPrices = { inputPerMillion: 2, outputPerMillion: 8, source: 's', date: 'd' }

interface Described extends Partial<PlanInput> {
  tasksCount?: number
  clusterOf?: (index: number) => string
  prices?: ModelPrices
  change?: Partial<Suite>
}

function planOf({ tasksCount = 31, clusterOf = index => `c${index}`, prices, change, ...rest }: Described = {}): Plan {
  const suite = makeSuite({
    ...{ models: [MODEL], repeats: 3, factors: [{ name: 'mode', levels: [PARALLEL, SCRIPT] }], ...change },
  })
  const tasks = Array.from({ length: tasksCount }, (_, index) => {
    return { ...makeTask(`t${String(index).padStart(2, '0')}`), cluster: clusterOf(index) }
  })
  const trials = expandMatrix({ suite, tasks })
  const expected = forecast(trials, { suite, tasks, pricesOf: () => prices })
  return planSuite({
    suite,
    tasks,
    trials,
    forecast: expected,
    contrast: CONTRAST,
    power: 0.8,
    concurrency: 4,
    ...rest,
  })
}

const api =
  (facts: (index: number, mode: string, repeat: number) => Facts) => (index: number, mode: string, repeat: number) =>
    ({ playerKind: 'api', model: MODEL.spec, ...facts(index, mode, repeat) }) as const

function noisyPilot(tasks = 40, repeats = 4, facts: Facts = {}) {
  const random = seededRandom('pilot')
  return pairedTrials(
    tasks,
    api(index => ({
      outcome: random() < [0.1, 0.5, 0.9][index % 3]! ? 'solved' : 'unsolved',
      turns: 4 + Math.floor(8 * random()),
      inputTokens: 1000 + Math.floor(4000 * random()),
      costUsd: 0.5,
      wallMs: 120_000,
      ...facts,
    })),
    repeats,
  )
}

describe('without a pilot', () => {
  test.each([
    [20, 1, 33.6],
    [20, 3, 20.9],
    [30, 5, 14.1],
    [100, 3, 9.3],
  ])('%i tasks × %i repeats find the points of the planning table', (tasksCount, repeats, points) => {
    const { planned } = planOf({ tasksCount, change: { repeats } })
    expect(100 * planned.detectable.solved).toBeCloseTo(points, 0)
  })

  test('variances are said to be assumed, cost and time to be unknown, never 0', () => {
    const plan = planOf()
    expect(plan.designs.solved.source).toBe('assumed')
    expect(plan.spend).toMatchObject({ cost: 'unknown', unit: {}, unpriced: ['openai/some'], untimed: ['openai/some'] })
    expect(plan.planned).not.toHaveProperty('costUsd')
    const text = describePlan(plan, []).join('\n')
    expect(text).toContain('31 tasks × 2 arms × 1 model × 3 repeats = 186 trials: cost unknown, time unknown')
    expect(text).toMatch(
      /With 31 tasks × 3 repeats you can detect that composition .* changes solved by 16\.\d points or more/,
    )
    expect(text).toContain('variances are assumed, not measured')
    expect(text).not.toContain('$0')
  })

  test('a price gives a range of dollars as forecast', () => {
    const { spend, planned, otherRepeats } = planOf({ prices: PRICES })
    expect(spend.cost).toBe('forecast')
    expect(planned.costUsd?.high).toBeGreaterThan(planned.costUsd?.low as number)
    const one = otherRepeats.find(({ repeats }) => repeats === 1)
    expect(planned.costUsd?.high).toBeCloseTo(3 * (one?.costUsd?.high as number), 9)
  })

  test('built-in players cost nothing', () => {
    expect(planOf({ change: { models: [{ spec: 'oracle', parameters: {} }] } }).spend.cost).toBe('nothing-billed')
  })

  test('tasks in clusters are worth fewer', () => {
    const plan = planOf({ tasksCount: 40, clusterOf: index => `c${index % 4}` })
    expect(plan.designs.solved.designEffect).toBeCloseTo(1 + 9 * 0.1, 9)
    expect(plan.planned.detectable.solved).toBeGreaterThan(planOf({ tasksCount: 40 }).planned.detectable.solved)
  })

  test('levels of other factors are further trials of each side', () => {
    const factors = [
      { name: 'mode', levels: [PARALLEL, SCRIPT] },
      { name: 'reinjection', levels: ['off', 'tail', 'placebo'] },
    ]
    const plan = planOf({ change: { factors, repeats: 1 } })
    expect(plan.trialsPerSide).toBe(3)
    expect(plan.planned.detectable.solved).toBeCloseTo(planOf().planned.detectable.solved, 12)
  })

  test('with one arm there is nothing to compare, and that is said', () => {
    const plan = planOf({ change: { factors: [] }, contrast: undefined as never })
    expect(describePlan(plan, []).join('\n')).toContain('nothing to compare')
  })
})

describe('an effect', () => {
  test('is found by the plan that it asks for', () => {
    for (const share of [0.05, 0.1, 0.2]) {
      const { designs, needed } = planOf({ effect: { kind: 'points', share } })
      for (const { tasks, repeats } of needed?.byRepeats ?? []) {
        const found = plannedMinimumDetectableEffect(designs.solved, { tasks, trials: repeats })
        expect(found).toBeLessThanOrEqual(share + 1e-9)
        expect(found).toBeGreaterThan(share * 0.9)
      }
    }
  })

  test('says when no number of repeats is enough', () => {
    const { needed } = planOf({ effect: { kind: 'points', share: 0.05 } })
    expect(needed).not.toHaveProperty('withTheseTasks')
    const text = describePlan(planOf({ effect: { kind: 'points', share: 0.05 } }), []).join('\n')
    expect(text).toContain('5 points of solved cannot be detected with these 31 tasks, with any number of repeats.')
  })

  test('says when the suite is enough as it is', () => {
    expect(planOf({ effect: { kind: 'points', share: 0.3 } }).needed?.isPlanEnough).toBe(true)
  })

  test('as a ratio is one of input tokens, and the same upside down', () => {
    const [less, more] = [0.8, 1.25].map(ratio => planOf({ effect: { kind: 'ratio', ratio } }).needed?.byRepeats)
    expect(less?.[0]?.metric).toBe('inputTokens')
    expect(less?.map(({ tasks }) => tasks)).toEqual(more?.map(({ tasks }) => tasks))
  })
})

describe('with a pilot', () => {
  test('variances, dollars and minutes are those that were measured', () => {
    const plan = planOf({ pilot: noisyPilot() })
    expect(plan.designs.solved.source).toBe('pilot')
    // Chances of 0.1, 0.5 and 0.9, the same in both arms: noise (0.09 + 0.25 + 0.09)/3, no effect.
    expect(plan.designs.solved.noiseOther).toBeCloseTo(0.143, 1)
    expect(plan.designs.solved.effectVariance).toBeLessThan(0.05)
    expect(plan.spend).toMatchObject({ cost: 'pilot', unit: { costUsd: { low: 1, high: 1 }, wallMs: 240_000 } })
    expect(plan.planned).toMatchObject({ costUsd: { low: 93, high: 93 }, durationMs: (93 * 240_000) / 4 })
    expect(describePlan(plan, [])[0]).toContain('= 186 trials: $93.00, 1 h 33 min at 4 in parallel.')
    expect(plan.pilot).toMatchObject({ tasks: 40, repeats: 4 })
  })

  test('that is small, has one repeat, or has no models among its players is warned of', () => {
    const warnings = planOf({ pilot: noisyPilot(6, 1, { playerKind: 'simulated' }) }).warnings.join('\n')
    expect(warnings).toContain('not models (openai/some)')
    expect(warnings).toContain('6 tasks with both arms')
    expect(warnings).toContain('one trial per task and arm')
  })

  test('in which all trials were equal says nothing of variance: no effect of 0 points is promised', () => {
    const pilot = pairedTrials(
      10,
      api(() => ({ outcome: 'solved', turns: 3 })),
      3,
    )
    const plan = planOf({ pilot })
    expect(plan.designs.solved.source).toBe('assumed')
    expect(plan.planned.detectable.solved).toBeGreaterThan(0.1)
    expect(plan.warnings.join()).toContain('all trials were equal')
  })

  test('whose cost is not known leaves the cost unknown', () => {
    const plan = planOf({ pilot: noisyPilot(20, 2, { costUsd: undefined }) })
    expect(plan.spend.cost).toBe('unknown')
    expect(plan.planned.durationMs).toBeGreaterThan(0)
  })

  test('without the factor of the suite is refused', () => {
    const pilot = pairedTrials(
      4,
      api(() => ({ mode: 'script-text' })),
    )
    expect(pilotProblem([], CONTRAST)).toBe('the pilot has no scored trials')
    expect(pilotProblem(pilot, CONTRAST)).toContain('no trial of the pilot has structured-parallel or script-tool')
    expect(pilotProblem(noisyPilot(3), CONTRAST)).toBeUndefined()
  })
})

describe('a budget', () => {
  test('says what it pays for, at what precision', () => {
    const { budget } = planOf({ pilot: noisyPilot(), budgetUsd: 70 })
    const options = budget?.options ?? []
    expect(options.map(({ repeats }) => repeats)).toEqual([1, 2, 3, 5, 10])
    expect(options[1]).toMatchObject({ tasks: 31, repeats: 2, costUsd: { high: 62 } })
    for (const { costUsd } of options) expect(costUsd?.high).toBeLessThanOrEqual(70)
    expect(budget?.best?.detectable.solved).toBe(Math.min(...options.map(({ detectable }) => detectable.solved)))
  })

  test('that is too small, or cannot be compared with anything, says so', () => {
    expect(planOf({ pilot: noisyPilot(), budgetUsd: 1 }).budget).toMatchObject({ why: 'too-small', options: [] })
    expect(planOf({ budgetUsd: 50 }).budget).toMatchObject({ why: 'cost-unknown' })
  })

  test('buys most with repeats only where tasks are dear', () => {
    const pilot = noisyPilot()
    expect(planOf({ pilot }).repeatsOptimal).toBe(2)
    expect(planOf({ pilot, taskCostUsd: 400 }).repeatsOptimal).toBeGreaterThan(5)
  })
})
