import type { ClusteredValue } from '../numbers/cluster-sums.ts'
import { studentQuantile, studentTwoSidedP } from '../numbers/distributions.ts'
import { mean, ROUNDING, sum } from '../numbers/moments.ts'
import type { Interval } from './wilson.ts'

export interface DifferenceEstimate extends Interval {
  /** The mean of the task differences. */
  estimate: number
  standardError: number
  /** Satterthwaite's; tasks minus one when every task is a cluster of its own. */
  df: number
  /** Two-sided, of a mean of 0. */
  p: number
  n: number
  clusters: number
  level: number
}

interface Cluster {
  size: number
  /** Deviations from the mean, summed. */
  deviation: number
}

function clustersOf(values: readonly ClusteredValue[], centre: number): Cluster[] {
  const clusters = new Map<string, Cluster>()
  for (const { cluster, value } of values) {
    const entry = clusters.get(cluster) ?? { size: 0, deviation: 0 }
    entry.size += 1
    entry.deviation += value - centre
    clusters.set(cluster, entry)
  }
  return [...clusters.values()]
}

/**
 * Satterthwaite's degrees of freedom of the CR2 variance of a mean, under the working model of independent tasks:
 * (tr M)²/tr(M²), M_ab the products of the clusters' adjusted influence vectors (Bell & McCaffrey 2002, §4), which for
 * shares s_c of the tasks and g_c = s_c²/(1 − s_c) comes to 1/(Σ s_c² − Σ g_c² + (Σ g_c)²).
 */
function satterthwaiteDf(sizes: readonly number[], n: number): number {
  let own = 0
  let products = 0
  for (const size of sizes) {
    const share = size / n
    const product = share ** 2 / (1 - share)
    own += share ** 2 - product ** 2
    products += product
  }
  return 1 / (own + products ** 2)
}

/**
 * The default method: the mean of task differences with Student's interval and p. The variance is cluster-robust with
 * the bias-reducing CR2 weights and Satterthwaite degrees of freedom (Bell & McCaffrey 2002; Imbens & Kolesár 2016),
 * Var = Σ_c S_c²/(1 − n_c/n)/n², which for clusters of one task is the ordinary paired t test. It is the only usual form that
 * keeps its level with two clusters as with fifty, and with clusters of unequal size.
 * `undefined` below two clusters, or when the clusters do not differ and nothing is known of their spread.
 */
export function pairedDifference(values: readonly ClusteredValue[], level = 0.95): DifferenceEstimate | undefined {
  const estimate = mean(values.map(each => each.value))
  if (estimate === undefined) return undefined
  const n = values.length
  const clusters = clustersOf(values, estimate)
  if (clusters.length < 2) return undefined
  const standardError = Math.sqrt(sum(clusters.map(each => each.deviation ** 2 / (1 - each.size / n)))) / n
  const size = sum(values.map(each => Math.abs(each.value))) / n
  if (!(standardError > ROUNDING * size)) return undefined
  const sizes = clusters.map(each => each.size)
  const df = sizes.every(size => size === 1) ? n - 1 : satterthwaiteDf(sizes, n)
  const half = studentQuantile(1 - (1 - level) / 2, df) * standardError
  return {
    ...{ estimate, standardError, df, n, level, clusters: clusters.length },
    ...{ lower: estimate - half, upper: estimate + half, p: studentTwoSidedP(estimate / standardError, df) },
  }
}
