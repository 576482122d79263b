// Covers: statistics/estimates/variance-parts.ts, statistics/hypotheses/wild-bootstrap.ts

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { logRatio, taskLogRatio } from '../../src/statistics/estimates/log-ratio.ts'
import { newcombeInterval } from '../../src/statistics/estimates/newcombe.ts'
import { pairedDifference } from '../../src/statistics/estimates/paired-difference.ts'
import { ratioOfRatios } from '../../src/statistics/estimates/ratio-of-ratios.ts'
import { slopeOf } from '../../src/statistics/estimates/slope.ts'
import { solvedDifference, type TaskTrials } from '../../src/statistics/estimates/solved-difference.ts'
import { varianceParts } from '../../src/statistics/estimates/variance-parts.ts'
import { wilsonInterval } from '../../src/statistics/estimates/wilson.ts'
import { marginTest } from '../../src/statistics/hypotheses/equivalence.ts'
import { holm } from '../../src/statistics/hypotheses/holm.ts'
import { mcnemar } from '../../src/statistics/hypotheses/mcnemar.ts'
import { signFlip } from '../../src/statistics/hypotheses/sign-flip.ts'
import { wildBootstrap } from '../../src/statistics/hypotheses/wild-bootstrap.ts'
import type { ClusteredValue } from '../../src/statistics/numbers/cluster-sums.ts'
import { alone, expectClose } from './builders.ts'

const amount = fc.integer({ min: -1000, max: 1000 }).map(whole => whole / 64)
const clusterName = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f')
const clustered = fc.array(fc.record({ cluster: clusterName, value: amount }), { minLength: 2, maxLength: 30 })
const score = fc.integer({ min: 0, max: 1 })
const scores = fc.array(score, { minLength: 1, maxLength: 5 })
const tasks = fc.array(fc.record({ cluster: fc.uuid(), baseline: scores, other: scores }), {
  minLength: 2,
  maxLength: 25,
})
const count = fc.integer({ min: 0, max: 60 })
const runs = { numRuns: 100 }

function check<T>(arbitrary: fc.Arbitrary<T>, holds: (value: T) => void): void {
  fc.assert(fc.property(arbitrary, holds), runs)
}

const mirrored = (values: readonly ClusteredValue[]) => values.map(({ cluster, value }) => ({ cluster, value: -value }))

function expectChance(p: number | undefined): void {
  if (p === undefined) return
  expect(p).toBeGreaterThanOrEqual(0)
  expect(p).toBeLessThanOrEqual(1)
}

describe('the default method', () => {
  test('does not depend on the order of tasks or the names of clusters', () => {
    check(clustered, values => {
      const one = pairedDifference(values)
      const two = pairedDifference(values.toReversed().map(each => ({ ...each, cluster: `${each.cluster}'` })))
      expect(two === undefined).toBe(one === undefined)
      if (one === undefined || two === undefined) return
      for (const field of ['estimate', 'standardError', 'df', 'p'] as const) expectClose(two[field], one[field], 1e-6)
    })
  })

  test('swapped arms give the mirrored interval and the same p', () => {
    check(clustered, values => {
      const one = pairedDifference(values)
      const two = pairedDifference(mirrored(values))
      expect(two?.p).toBe(one?.p)
      expect(two?.lower).toBe(one && -one.upper)
    })
  })

  test('scales with the unit', () => {
    check(clustered, values => {
      const one = pairedDifference(values)
      const two = pairedDifference(values.map(each => ({ ...each, value: each.value / 1024 })))
      expect(two?.p).toBe(one?.p)
      expect(two?.upper).toBe(one && one.upper / 1024)
    })
  })

  test('its interval includes the estimate, excludes 0 exactly when p < 0.05, and df lies between 1 and n − 1', () => {
    check(clustered, values => {
      const found = pairedDifference(values)
      if (found === undefined) return
      expectChance(found.p)
      expect(found.lower).toBeLessThanOrEqual(found.estimate)
      expect(found.upper).toBeGreaterThanOrEqual(found.estimate)
      if (Math.abs(found.p - 0.05) > 1e-9) expect(found.lower > 0 || found.upper < 0).toBe(found.p < 0.05)
      expect(found.df).toBeGreaterThan(1 - 1e-9)
      expect(found.df).toBeLessThan(values.length - 1 + 1e-9)
    })
  })

  test('is silent about one cluster, about differences that are all equal, and about values that are not numbers', () => {
    check(fc.array(amount, { maxLength: 20 }), values => {
      expect(pairedDifference(values.map(value => ({ cluster: 'one', value })))).toBeUndefined()
    })
    expect(pairedDifference(alone([0.3, 0.3, 0.3]))).toBeUndefined()
    expect(pairedDifference(alone([0.1 + 0.2, 0.3, 0.3]))).toBeUndefined()
    expect(pairedDifference(alone([1, Number.NaN, 2]))).toBeUndefined()
    expect(pairedDifference(alone([1, Number.POSITIVE_INFINITY, 2]))).toBeUndefined()
  })
})

describe('one arm', () => {
  test("Wilson's interval is in [0, 1] and includes the share", () => {
    check(fc.tuple(count, count), ([successes, failures]) => {
      const n = successes + failures
      const interval = wilsonInterval(successes, n)
      if (n === 0) expect(interval).toBeUndefined()
      else {
        expect(interval?.lower).toBeGreaterThanOrEqual(0)
        expect(interval?.lower).toBeLessThanOrEqual(successes / n)
        expect(interval?.upper).toBeGreaterThanOrEqual(successes / n)
        expect(interval?.upper).toBeLessThanOrEqual(1)
      }
    })
  })

  test('variance parts are not negative, and unknown without repeats', () => {
    check(fc.array(scores, { maxLength: 20 }), each => {
      const parts = varianceParts(each)
      if (parts === undefined) return
      expect(parts.between).toBeGreaterThanOrEqual(0)
      expect(parts.within).toBeGreaterThanOrEqual(0)
      expectChance(parts.noiseShare)
    })
    expect(varianceParts([[1], [0], [1]])).toBeUndefined()
  })
})

describe('companions', () => {
  test('sign flips give the same p for tasks in another order and for swapped arms, seeded or exact', () => {
    const many = fc.array(amount, { minLength: 1, maxLength: 24 })
    fc.assert(
      fc.property(many, values => {
        const p = signFlip(alone(values), 'seed')?.p
        expectChance(p)
        expect(signFlip(alone(values.toReversed()), 'seed')?.p).toBe(p)
        expect(signFlip(mirrored(alone(values)), 'seed')?.p).toBe(p)
      }),
      { numRuns: 15 },
    )
  })

  test('wild bootstrap: the same p for swapped arms and another order; 1 without any difference', () => {
    fc.assert(
      fc.property(clustered, values => {
        const p = wildBootstrap(values, 'seed')?.p
        expectChance(p)
        expect(wildBootstrap(mirrored(values), 'seed')?.p).toBe(p)
      }),
      { numRuns: 15 },
    )
    expect(wildBootstrap(alone([0, 0, 0, 0]), 'seed')).toMatchObject({ p: 1, weights: 'webb' })
    expect(wildBootstrap(alone([1]), 'seed')).toBeUndefined()
  })

  test('a wild bootstrap of seven clusters that all agree has the least p there is', () => {
    expect(wildBootstrap(alone([3, 1, 2, 4, 1.5, 2.5, 3.5]), 'seed')).toEqual({
      p: 2 / 2 ** 7,
      weights: 'rademacher',
      isExact: true,
    })
  })

  test('nothing gives no p', () => {
    expect(signFlip([], 'seed')).toBeUndefined()
    expect(mcnemar(0, 0)).toBeUndefined()
  })
})

describe('counts of tasks', () => {
  test('McNemar is the same for swapped arms, and mid-p is below exact p', () => {
    check(fc.tuple(count, count), ([first, second]) => {
      const found = mcnemar(first, second)
      expect(mcnemar(second, first)).toEqual(found)
      if (found === undefined) return
      expectChance(found.midP)
      expect(found.midP).toBeLessThanOrEqual(found.exactP)
    })
  })

  test("Newcombe's interval includes the difference, mirrors and never collapses", () => {
    check(fc.tuple(count, count, count, count), ([both, first, second, neither]) => {
      const interval = newcombeInterval({ both, first, second, neither })
      const n = both + first + second + neither
      if (n === 0 || interval === undefined) return expect(interval).toBeUndefined()
      const swapped = newcombeInterval({ both, first: second, second: first, neither })
      expectClose(swapped?.lower, -interval.upper, 1)
      expect(interval.lower).toBeLessThanOrEqual((second - first) / n)
      expect(interval.upper).toBeGreaterThanOrEqual((second - first) / n)
      expect(interval.upper - interval.lower).toBeGreaterThan(0)
      expect(interval.lower).toBeGreaterThanOrEqual(-1)
      expect(interval.upper).toBeLessThanOrEqual(1)
    })
  })
})

describe('solved', () => {
  const swap = ({ cluster, baseline, other }: TaskTrials) => ({ cluster, baseline: other, other: baseline })

  test('swapped arms give the mirrored difference; p and interval are in range', () => {
    check(tasks, sample => {
      const one = solvedDifference(sample)
      const two = solvedDifference(sample.map(swap))
      expect(two?.method).toBe(one?.method)
      if (one === undefined) return
      expectChance(one.p)
      expectClose(two?.p, one.p)
      expectClose(two?.lower, -one.upper, 1)
      expect(one.lower).toBeGreaterThanOrEqual(-1)
      expect(one.upper).toBeLessThanOrEqual(1)
    })
  })

  test('equal arms never differ', () => {
    check(tasks, sample => {
      const found = solvedDifference(sample.map(task => ({ ...task, other: task.baseline.toReversed() })))
      if (found !== undefined) expect(found).toMatchObject({ method: 'mcnemar', estimate: 0, p: 1 })
    })
  })
})

describe('ratios', () => {
  const positive = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 5 })
  const paired = fc.array(fc.record({ cluster: fc.uuid(), baseline: positive, other: positive }), { minLength: 2 })

  test('swapped arms give the reciprocal', () => {
    check(paired, sample => {
      const ratio = (first: 'baseline' | 'other', second: 'baseline' | 'other') =>
        logRatio(
          sample.map(task => ({ cluster: task.cluster, value: taskLogRatio(task[first], task[second]) as number })),
        )
      const one = ratio('baseline', 'other')
      const two = ratio('other', 'baseline')
      if (one === undefined) expect(two).toBeUndefined()
      else {
        expectClose(two?.ratio, 1 / one.ratio)
        expectClose(two?.lower, 1 / one.upper)
      }
    })
  })

  test('the same trials in another order have the ratio 1, to the last digit', () => {
    check(positive, trials => {
      expect(taskLogRatio(trials, trials.toReversed())).toBe(0)
    })
  })

  test('a task without trials, or with a count of 0, has no ratio', () => {
    expect(taskLogRatio([], [1])).toBeUndefined()
    expect(taskLogRatio([1], [0])).toBeUndefined()
  })

  test('costs that are in proportion to what they buy leave no spread to judge by', () => {
    check(positive, bought => {
      const costs = (price: number) =>
        bought.map((below, index) => ({ cluster: `${index}`, above: price * below, below }))
      expect(ratioOfRatios(costs(0.1), costs(0.2))).toBeUndefined()
    })
  })
})

describe('families and margins', () => {
  const chance = fc.integer({ min: 0, max: 1000 }).map(thousandths => thousandths / 1000)

  test('Holm keeps the order, never lowers a p, never exceeds 1, and does not depend on the order given', () => {
    check(fc.array(chance, { maxLength: 20 }), ps => {
      const adjusted = holm(ps)
      expect(holm(ps.toReversed())).toEqual(adjusted.toReversed())
      for (const [i, p] of ps.entries()) {
        expect(adjusted[i]).toBeGreaterThanOrEqual(p)
        expect(adjusted[i]).toBeLessThanOrEqual(1)
        for (const [j, q] of ps.entries()) if (p < q) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j] as number)
      }
    })
  })

  test('equivalent implies not worse, and a wider margin never takes either back', () => {
    check(fc.tuple(clustered, fc.integer({ min: 1, max: 640 })), ([values, sixtyFourths]) => {
      const found = pairedDifference(values)
      if (found === undefined) return
      const margin = sixtyFourths / 64
      for (const better of ['higher', 'lower'] as const) {
        const narrow = marginTest(found, { margin, better })
        const wide = marginTest(found, { margin: 2 * margin, better })
        if (narrow.isEquivalent) expect(narrow.isNotWorse).toBe(true)
        if (narrow.isNotWorse) expect(wide.isNotWorse).toBe(true)
        if (narrow.isEquivalent) expect(wide.isEquivalent).toBe(true)
      }
    })
  })
})

describe('the slope', () => {
  const points = fc.array(fc.record({ cluster: clusterName, x: amount, y: amount }), { maxLength: 30 })

  test('turns with y, and its break-even lies in its interval', () => {
    check(points, each => {
      const found = slopeOf(each)
      const turned = slopeOf(each.map(point => ({ ...point, y: -point.y })))
      expect(turned === undefined).toBe(found === undefined)
      if (found === undefined) return
      expectChance(found.p)
      expectClose(turned?.slope, -found.slope, 1e-6)
      expectClose(turned?.p, found.p, 1e-6)
      if (found.breakEvenInterval === undefined) expect(found.breakEven).toBeUndefined()
      else {
        expect(found.breakEven).toBeGreaterThanOrEqual(found.breakEvenInterval.lower)
        expect(found.breakEven).toBeLessThanOrEqual(found.breakEvenInterval.upper)
      }
    })
  })

  test('is unknown below three clusters, at one x, without residuals, and when one cluster decides the line', () => {
    const at = (rows: readonly (readonly [string, number, number])[]) =>
      slopeOf(rows.map(([cluster, x, y]) => ({ cluster, x, y })))
    expect(
      at([
        ['a', 0, 1],
        ['b', 1, 2],
        ['a', 2, 2],
      ]),
    ).toBeUndefined()
    expect(
      at([
        ['a', 1, 1],
        ['b', 1, 2],
        ['c', 1, 4],
      ]),
    ).toBeUndefined()
    expect(
      at([
        ['a', 0, 1],
        ['b', 1, 2],
        ['c', 2, 3],
      ]),
    ).toBeUndefined()
    expect(
      at([
        ['a', 0, 1],
        ['b', 0, 2],
        ['c', 2, 3],
        ['d', 3, 1],
      ]),
    ).toBeDefined()
    expect(
      at([
        ['a', 0, 1],
        ['b', 0, 2],
        ['c', 0, 3],
        ['c', 3, 1],
        ['d', 0, 4],
      ]),
    ).toBeUndefined()
  })
})
