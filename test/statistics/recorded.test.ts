// Covers: statistics/numbers/cluster-sums.ts
// Covers: statistics/numbers/distributions.ts, statistics/hypotheses/holm.ts, statistics/hypotheses/mcnemar.ts
// Covers: statistics/numbers/moments.ts, statistics/estimates/newcombe.ts, statistics/hypotheses/sign-flip.ts
// Covers: statistics/estimates/slope.ts, statistics/numbers/symmetric-matrix.ts, statistics/estimates/wilson.ts

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { newcombeInterval } from '../../src/statistics/estimates/newcombe.ts'
import { type DifferenceEstimate, pairedDifference } from '../../src/statistics/estimates/paired-difference.ts'
import { ratioOfRatios } from '../../src/statistics/estimates/ratio-of-ratios.ts'
import { slopeOf } from '../../src/statistics/estimates/slope.ts'
import { wilsonInterval } from '../../src/statistics/estimates/wilson.ts'
import { marginTest } from '../../src/statistics/hypotheses/equivalence.ts'
import { holm } from '../../src/statistics/hypotheses/holm.ts'
import { mcnemar } from '../../src/statistics/hypotheses/mcnemar.ts'
import { signFlip } from '../../src/statistics/hypotheses/sign-flip.ts'
import {
  fairCoinCdf,
  fairCoinPmf,
  normalQuantile,
  studentCdf,
  studentQuantile,
  studentTwoSidedP,
} from '../../src/statistics/numbers/distributions.ts'
import { variance } from '../../src/statistics/numbers/moments.ts'
import { alone, expectClose, inClusters } from './builders.ts'

interface Clustered {
  clusters: string[]
  estimate: number
  standardError: number
}

/** What record.py wrote. */
interface Recorded {
  paired: {
    values: number[]
    level: number
    estimate: number
    standardError: number
    df: number
    p: number
    lower: number
    upper: number
    variance: number
    margin: number
    equivalentP: number
    notWorseP: number
  }[]
  clustered: (Clustered & { values: number[]; df: number; p: number; lower: number; upper: number })[]
  slopes: (Omit<Clustered, 'estimate'> & {
    x: number[]
    y: number[]
    intercept: number
    slope: number
    interceptVariance: number
    covariance: number
    df: number
    p: number
  })[]
  ratios: (Clustered & { above: number[]; below: number[] })[]
  holm: { p: number[]; adjusted: number[] }[]
  twoByTwo: {
    counts: [number, number, number, number]
    level: number
    interval: [number, number]
    exactP?: number
    point?: number
  }[]
  wilson: { n: number; successes: number; level: number; interval: [number, number] }[]
  signFlips: { values: number[]; p: number }[]
  distributions: Record<string, number[][]>
}

const DISTRIBUTIONS = {
  fairCoinCdf,
  fairCoinPmf,
  normalQuantile,
  studentCdf,
  studentQuantile,
  studentTwoSidedP,
}

const recorded = JSON.parse(readFileSync(join(import.meta.dirname, 'recorded', 'recorded.json'), 'utf8')) as Recorded

test('at least 200 data sets are recorded', () => {
  const { paired, clustered, slopes, ratios, holm, twoByTwo, wilson, signFlips } = recorded
  const sets = [paired, clustered, slopes, ratios, holm, twoByTwo, wilson, signFlips]
  expect(sets.reduce((total, each) => total + each.length, 0)).toBeGreaterThanOrEqual(200)
})

describe('as SciPy, statsmodels and R have it', () => {
  test('the paired t test and its interval', () => {
    for (const { values, level, ...expected } of recorded.paired) {
      const actual = pairedDifference(alone(values), level) as DifferenceEstimate
      for (const field of ['estimate', 'standardError', 'df', 'p'] as const) expectClose(actual[field], expected[field])
      for (const end of ['lower', 'upper'] as const) {
        expectClose(actual[end], expected[end], actual.upper - actual.lower)
      }
      expectClose(variance(values), expected.variance)
    }
  })

  test('two one-sided tests', () => {
    for (const { values, margin, equivalentP, notWorseP } of recorded.paired) {
      const actual = marginTest(pairedDifference(alone(values)) as DifferenceEstimate, { margin, better: 'higher' })
      expectClose(actual.equivalentP, equivalentP)
      expectClose(actual.notWorseP, notWorseP)
    }
  })

  test('CR2 standard errors with Satterthwaite degrees of freedom', () => {
    for (const { clusters, values, ...expected } of recorded.clustered) {
      const actual = pairedDifference(inClusters(clusters, values)) as DifferenceEstimate
      for (const field of ['standardError', 'df', 'p'] as const) expectClose(actual[field], expected[field])
      for (const end of ['lower', 'upper'] as const) {
        expectClose(actual[end], expected[end], actual.upper - actual.lower)
      }
    }
  })

  test('the slope with CR2 errors', () => {
    for (const { clusters, x, y, ...expected } of recorded.slopes) {
      const actual = slopeOf(
        x.map((each, index) => ({ cluster: clusters[index] as string, x: each, y: y[index] as number })),
      )
      for (const field of ['intercept', 'slope', 'standardError', 'df', 'p'] as const) {
        expectClose(actual?.[field], expected[field])
      }
    }
  })

  test('a ratio of totals', () => {
    for (const { clusters, above, below, estimate, standardError } of recorded.ratios) {
      const tasks = clusters.map((cluster, index) => {
        return { cluster, above: above[index] as number, below: below[index] as number }
      })
      // Against a constant ratio of 1 it is the ratio of totals itself, with a relative standard error.
      const actual = ratioOfRatios(
        tasks.map(({ cluster }) => ({ cluster, above: 1, below: 1 })),
        tasks,
      )
      expectClose(actual?.ratio, estimate)
      // The survey package has the C/(C−1) form; ours is CR2, which is the same for clusters of one task.
      if (new Set(clusters).size === clusters.length) expectClose(actual?.log.standardError, standardError / estimate)
    }
  })

  test('Holm', () => {
    for (const { p, adjusted } of recorded.holm) {
      for (const [index, actual] of holm(p).entries()) expectClose(actual, adjusted[index] as number)
    }
  })

  test('McNemar, exact and mid-p', () => {
    for (const { counts, exactP, point } of recorded.twoByTwo) {
      const [, first, second] = counts
      const actual = mcnemar(first, second)
      if (exactP === undefined || point === undefined) expect(actual).toBeUndefined()
      else {
        expectClose(actual?.exactP, exactP)
        expectClose(actual?.midP, first === second ? 1 - point / 2 : exactP - point, exactP)
      }
    }
  })

  test('Newcombe', () => {
    for (const { counts, level, interval } of recorded.twoByTwo) {
      const [both, first, second, neither] = counts
      const actual = newcombeInterval({ both, first, second, neither }, level)
      expectClose(actual?.lower, interval[0], 1)
      expectClose(actual?.upper, interval[1], 1)
    }
  })

  test('Wilson', () => {
    for (const { n, successes, level, interval } of recorded.wilson) {
      const actual = wilsonInterval(successes, n, level)
      expectClose(actual?.lower, interval[0], 1e-6)
      expectClose(actual?.upper, interval[1], 1e-6)
    }
  })

  test('the exact sign-flip permutation test', () => {
    for (const { values, p } of recorded.signFlips) {
      const actual = signFlip(alone(values), 'any')
      expect(actual?.isExact).toBe(true)
      expectClose(actual?.p, p)
    }
  })

  test.each(Object.entries(DISTRIBUTIONS))('%s', (name, compute: (...args: number[]) => number) => {
    const rows = recorded.distributions[name] ?? []
    expect(rows.length).toBeGreaterThan(10)
    for (const row of rows) expectClose(compute(...row.slice(0, -1)), row.at(-1) as number)
  })
})
