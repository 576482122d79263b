import { expect } from 'vitest'
import type { ClusteredValue } from '../../src/statistics/numbers/cluster-sums.ts'

/** Every value a cluster of its own. */
export function alone(values: readonly number[]): ClusteredValue[] {
  return values.map((value, index) => ({ cluster: `task ${index}`, value }))
}

export function inClusters(clusters: readonly string[], values: readonly number[]): ClusteredValue[] {
  return values.map((value, index) => ({ cluster: clusters[index] as string, value }))
}

/** Equal to 1e-9 of the size of the expected value, or of `size` where that is larger. */
export function expectClose(actual: number | undefined, expected: number, size = 0): void {
  expect(actual).toBeDefined()
  const error = Math.abs((actual as number) - expected)
  expect(error, `${actual} instead of ${expected}`).toBeLessThanOrEqual(
    1e-9 * Math.max(Math.abs(expected), size, 1e-300),
  )
}
