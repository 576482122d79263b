/** One number of one task; tasks of one cluster (a repository, a family) are not independent. */
export interface ClusteredValue {
  cluster: string
  value: number
}

/** Deviations from `centre` summed by cluster, in order of first appearance. */
export function clusterSums(values: readonly ClusteredValue[], centre: number): number[] {
  const sums = new Map<string, number>()
  for (const { cluster, value } of values) sums.set(cluster, (sums.get(cluster) ?? 0) + (value - centre))
  return [...sums.values()]
}
