import { mean, ROUNDING, sum } from './moments.ts'

/** One figure of one task; tasks of one cluster (a repository, a family) are not independent. */
export interface ClusteredValue {
  cluster: string
  value: number
}

export interface MeanEstimate {
  estimate: number
  /** Absent where it cannot be estimated: fewer than two clusters, or none that differs from another. */
  standardError?: number
  /** Clusters minus one. */
  df: number
  n: number
  clusters: number
}

/** Deviations from `centre` summed by cluster, in order of first appearance. */
export function clusterSums(values: readonly ClusteredValue[], centre: number): number[] {
  const sums = new Map<string, number>()
  for (const { cluster, value } of values) sums.set(cluster, (sums.get(cluster) ?? 0) + (value - centre))
  return [...sums.values()]
}

/** SE = (1/n)·√(C/(C−1)·Σ_c S_c²), S_c the cluster sums of deviations. `undefined` below two clusters. */
export function clusteredStandardError(sums: readonly number[], n: number): number | undefined {
  const clusters = sums.length
  if (clusters < 2) return undefined
  return Math.sqrt((clusters / (clusters - 1)) * sum(sums.map(each => each * each))) / n
}

/**
 * The mean over tasks with its clustered standard error (Miller 2024, arXiv 2411.00640, with Inspect's C/(C−1)). With
 * every task a cluster of its own this is the ordinary standard error of a mean. `undefined` of nothing.
 */
export function clusteredMean(values: readonly ClusteredValue[]): MeanEstimate | undefined {
  const estimate = mean(values.map(each => each.value))
  if (estimate === undefined) return undefined
  const sums = clusterSums(values, estimate)
  const standardError = clusteredStandardError(sums, values.length)
  return {
    ...{ estimate, n: values.length, clusters: sums.length, df: sums.length - 1 },
    ...(standardError !== undefined && standardError > ROUNDING * Math.abs(estimate) && { standardError }),
  }
}
