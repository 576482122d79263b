import type { ClusteredValue } from '../statistics/numbers/cluster-sums.ts'
import { mean, sum } from '../statistics/numbers/moments.ts'

/** Deff = 1 + (m − 1)·ICC, m the size of a task's own cluster on average (Σm²/Σm; Kish 1965, §5.4, §8.2). */
export function designEffect(sizes: readonly number[], intraclassCorrelation: number): number {
  const tasks = sum(sizes)
  if (tasks === 0) return 1
  return 1 + (sum(sizes.map(size => size * size)) / tasks - 1) * intraclassCorrelation
}

/** How many tasks each cluster has. */
export function clusterSizes(clusters: readonly string[]): number[] {
  return [...Map.groupBy(clusters, cluster => cluster).values()].map(group => group.length)
}

/**
 * How much of the differences' variance clusters share, at least 0: (MSB − MSW)/(MSB + (m₀ − 1)·MSW), m₀ the size for
 * unequal clusters (Donner 1986, §2.1). `undefined` for clusters of one task, or one cluster.
 */
export function intraclassCorrelation(values: readonly ClusteredValue[]): number | undefined {
  const groups = [...Map.groupBy(values, each => each.cluster).values()].map(group => group.map(each => each.value))
  const [n, clusters] = [values.length, groups.length]
  if (clusters < 2 || n <= clusters) return undefined
  const total = mean(values.map(each => each.value)) as number
  const means = groups.map(group => mean(group) as number)
  const between = sum(groups.map((group, index) => group.length * ((means[index] as number) - total) ** 2))
  const within = sum(groups.flatMap((group, index) => group.map(value => (value - (means[index] as number)) ** 2)))
  const [msb, msw] = [between / (clusters - 1), within / (n - clusters)]
  const m0 = (n - sum(groups.map(group => group.length ** 2)) / n) / (clusters - 1)
  const below = msb + (m0 - 1) * msw
  return below > 0 ? Math.max(0, (msb - msw) / below) : undefined
}
