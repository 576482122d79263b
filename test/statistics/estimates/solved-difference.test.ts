import { describe, expect, test } from 'vitest'
import { solvedDifference, type TaskTrials } from '../../../src/statistics/estimates/solved-difference.ts'

/** Independent tasks of one trial each: solved by both, by the baseline only, by the other only, by none. */
function counted(both: number, baselineOnly: number, otherOnly: number, neither: number): TaskTrials[] {
  const tasks = (count: number, baseline: number, other: number) =>
    Array.from({ length: count }, () => ({ baseline: [baseline], other: [other] }))
  return [...tasks(both, 1, 1), ...tasks(baselineOnly, 1, 0), ...tasks(otherOnly, 0, 1), ...tasks(neither, 0, 0)].map(
    (task, index) => ({ ...task, cluster: `${index}` }),
  )
}

describe('the difference in the share solved', () => {
  test('is a paired t test on task means', () => {
    expect(solvedDifference(counted(10, 2, 8, 10))).toMatchObject({ method: 'paired-t', estimate: 0.2, df: 29, n: 30 })
  })

  test('of arms that solved the same tasks once is 0 with an interval that is not', () => {
    const found = solvedDifference(counted(18, 0, 0, 12))
    expect(found).toMatchObject({ method: 'mcnemar', estimate: 0, p: 1 })
    expect(found?.upper).toBeGreaterThan(0.05)
  })

  test('of arms where one solved all and the other none is judged by the count of tasks', () => {
    const found = solvedDifference(counted(0, 0, 10, 0))
    expect(found).toMatchObject({ method: 'mcnemar', estimate: 1, p: 1 / 1024 })
    expect(found?.lower).toBeGreaterThan(0.5)
  })

  test('is unknown where partial scores all differ by the same, in one cluster, and for one task', () => {
    const same = ['a', 'b', 'c'].map(cluster => ({ cluster, baseline: [0.1, 0.3], other: [0.3, 0.5] }))
    expect(solvedDifference(same)).toBeUndefined()
    expect(solvedDifference(counted(3, 1, 2, 3).map(task => ({ ...task, cluster: 'one' })))).toBeUndefined()
    expect(solvedDifference(counted(1, 0, 0, 0))).toBeUndefined()
    expect(solvedDifference([])).toBeUndefined()
  })

  test('leaves out a task without trials in one arm', () => {
    const hole = { cluster: 'hole', baseline: [], other: [1] }
    expect(solvedDifference([...counted(5, 1, 4, 5), hole])).toEqual(solvedDifference(counted(5, 1, 4, 5)))
  })

  test('does not claim more than there can be', () => {
    expect(solvedDifference(counted(0, 0, 1, 1))).toMatchObject({ lower: -1, upper: 1 })
  })
})

/** Chance of an outcome of n tasks, a share of which differs between equal arms, both ways equally likely. */
function chanceOf(n: number, first: number, second: number, share: number): number {
  const logFactorial = (k: number) => Array.from({ length: k }, (_, i) => Math.log(i + 1)).reduce((a, b) => a + b, 0)
  const ways = logFactorial(n) - logFactorial(first) - logFactorial(second) - logFactorial(n - first - second)
  return Math.exp(ways + (first + second) * Math.log(share / 2) + (n - first - second) * Math.log(1 - share))
}

// Difficulty Beta(0.6, 0.6): E[2x(1 − x)] = 2·0.6²/(1.2·2.2).
test.each([
  [10, 0.0272],
  [20, 0.0492],
  [30, 0.0438],
])('of %i equal tasks tried once the chance of a false difference is %f, by enumeration', (n, expected) => {
  const share = 0.72 / 2.64
  let chance = 0
  for (let first = 0; first <= n; first++) {
    for (let second = 0; first + second <= n; second++) {
      const found = solvedDifference(counted(0, first, second, n - first - second))
      if (found !== undefined && found.p < 0.05) chance += chanceOf(n, first, second, share)
    }
  }
  expect(chance).toBeCloseTo(expected, 4)
})
