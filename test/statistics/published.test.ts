// Covers: statistics/hypotheses/minimum-detectable-effect.ts, statistics/estimates/pass-at-k.ts

import { describe, expect, test } from 'vitest'
import { newcombeInterval } from '../../src/statistics/estimates/newcombe.ts'
import { passAtK, passHatK } from '../../src/statistics/estimates/pass-at-k.ts'
import { wilsonInterval } from '../../src/statistics/estimates/wilson.ts'
import { mcnemar } from '../../src/statistics/hypotheses/mcnemar.ts'
import {
  observedMinimumDetectableEffect,
  plannedMinimumDetectableEffect,
  tasksNeeded,
  trialsNeeded,
} from '../../src/statistics/hypotheses/minimum-detectable-effect.ts'
import { mean } from '../../src/statistics/numbers/moments.ts'

describe('Wilson', () => {
  test('30 of 30 and 29 of 30', () => {
    expect(wilsonInterval(30, 30)?.lower).toBeCloseTo(0.886, 3)
    expect(wilsonInterval(30, 30)?.upper).toBe(1)
    expect(wilsonInterval(29, 30)?.lower).toBeCloseTo(0.833, 3)
    expect(wilsonInterval(29, 30)?.upper).toBeCloseTo(0.994, 3)
  })
})

describe('Fagerland, Lydersen & Laake: response before and after consolidation (59, 6; 16, 80)', () => {
  test('McNemar', () => {
    expect(mcnemar(6, 16)?.exactP).toBeCloseTo(0.052479, 6)
    expect(mcnemar(6, 16)?.midP).toBeCloseTo(0.03469, 6)
  })

  test("Newcombe's interval of first − second is −0.0621 [−0.1186, −0.0046]", () => {
    const interval = newcombeInterval({ both: 59, first: 16, second: 6, neither: 80 })
    expect(interval?.lower).toBeCloseTo(-0.1186, 4)
    expect(interval?.upper).toBeCloseTo(-0.0046, 4)
  })

  test('airway hyper-responsiveness (1, 1; 7, 12): 0.0703 and 0.0391', () => {
    expect(mcnemar(1, 7)?.exactP).toBeCloseTo(0.0703, 4)
    expect(mcnemar(1, 7)?.midP).toBeCloseTo(0.0391, 4)
  })
})

describe('McNemar', () => {
  test('Armitage & Berry: 12 against 2 is 0.0129', () => {
    expect(mcnemar(12, 2)?.exactP).toBeCloseTo(0.0129, 4)
  })

  test.each([
    [5, undefined],
    [6, 0],
    [8, 0],
    [9, 1],
    [11, 1],
    [12, 2],
    [14, 2],
  ])('of %i discordant tasks at most %s may go the wrong way for an exact p < 0.05', (discordant, wrongMax) => {
    const wrong = Array.from({ length: discordant + 1 }, (_, index) => index)
    const significant = wrong.filter(each => {
      return each <= discordant / 2 && (mcnemar(each, discordant - each)?.exactP ?? 1) < 0.05
    })
    expect(significant.at(-1)).toBe(wrongMax)
  })
})

describe('planning (Miller 2024)', () => {
  const miller = { effectVariance: 1 / 9, noiseBaseline: 1 / 6, noiseOther: 1 / 6 }

  // The paper cuts 13.27 and 7.57 off.
  test.each([
    [1, 0.132],
    [10, 0.075],
  ])('198 tasks with %i trials detect %f', (trials, published) => {
    const effect = plannedMinimumDetectableEffect(miller, { tasks: 198, trials })
    expect(Math.floor(effect * 1000) / 1000).toBe(published)
  })

  test('969 tasks detect 3 points without noise', () => {
    expect(tasksNeeded({ ...miller, noiseBaseline: 0, noiseOther: 0 }, { effect: 0.03, trials: 1 })).toBeCloseTo(
      969,
      -1,
    )
  })

  test.each([
    [20, [33.6, 20.9, 17.2, 13.9]],
    [30, [27.4, 17.0, 14.1, 11.4]],
    [60, [19.4, 12.0, 9.9, 8.0]],
    [100, [15.0, 9.3, 7.7, 6.2]],
    [225, [10.0, 6.2, 5.1, 4.1]],
    [500, [6.7, 4.2, 3.4, 2.8]],
  ])('the planning table at %i tasks', (tasks, points) => {
    const design = { effectVariance: 0.023, noiseBaseline: 0.132, noiseOther: 0.132 }
    for (const [index, trials] of [1, 3, 5, 10].entries()) {
      const effect = 100 * plannedMinimumDetectableEffect(design, { tasks, trials })
      expect(Math.abs(effect - (points[index] as number))).toBeLessThan(0.2)
    }
  })

  test('trials and tasks that are needed detect the effect, one less does not', () => {
    const design = { effectVariance: 0.01, noiseBaseline: 0.1, noiseOther: 0.15, designEffect: 1.4 }
    const tasks = tasksNeeded(design, { effect: 0.1, trials: 3 })
    expect(plannedMinimumDetectableEffect(design, { tasks, trials: 3 })).toBeLessThanOrEqual(0.1)
    expect(plannedMinimumDetectableEffect(design, { tasks: tasks - 1, trials: 3 })).toBeGreaterThan(0.1)
    const trials = trialsNeeded(design, { effect: 0.1, tasks: 60 }) as number
    expect(plannedMinimumDetectableEffect(design, { tasks: 60, trials })).toBeLessThanOrEqual(0.1)
    expect(plannedMinimumDetectableEffect(design, { tasks: 60, trials: trials - 1 })).toBeGreaterThan(0.1)
  })

  test('no number of trials makes up for too few tasks', () => {
    expect(trialsNeeded(miller, { effect: 0.05, tasks: 20 })).toBeUndefined()
  })

  test('what was observed needs more than the normal factor of 2.80', () => {
    expect(observedMinimumDetectableEffect({ standardError: 1, df: 29 })).toBeCloseTo(2.0452 + 0.8542, 3)
  })
})

describe('pass@k and pass^k', () => {
  const outcomes = [0, 1, 2, 3, 4, 5]
  const chance = [1, 5, 10, 10, 5, 1].map((count, successes) => count * 0.8 ** successes * 0.2 ** (5 - successes))

  test('pass^5 of a task solved with chance 0.8 is 0.328 on average, where the plug-in says 0.478', () => {
    const unbiased = outcomes.map(successes => (chance[successes] as number) * (passHatK(successes, 5, 5) as number))
    const plugIn = outcomes.map(successes => (chance[successes] as number) * (successes / 5) ** 5)
    expect(5 * (mean(unbiased.slice(1)) as number)).toBeCloseTo(0.328, 3)
    expect(5 * (mean(plugIn.slice(1)) as number)).toBeCloseTo(0.478, 3)
  })

  test('pass@3 is unbiased', () => {
    const values = outcomes.map(successes => (chance[successes] as number) * (passAtK(successes, 5, 3) as number))
    expect(6 * (mean(values) as number)).toBeCloseTo(1 - 0.2 ** 3, 12)
  })

  test('are unknown for fewer trials than k', () => {
    expect(passAtK(2, 2, 3)).toBeUndefined()
    expect(passHatK(2, 2, 3)).toBeUndefined()
  })
})
