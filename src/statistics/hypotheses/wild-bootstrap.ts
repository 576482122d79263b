import { type Random, seededRandom } from '../../base/random.ts'
import type { ClusteredValue } from '../numbers/cluster-sums.ts'
import { ROUNDING } from '../numbers/moments.ts'

const WEBB = [-Math.sqrt(1.5), -1, -Math.sqrt(0.5), Math.sqrt(0.5), 1, Math.sqrt(1.5)]
const RADEMACHER = [-1, 1]
/** Below this many clusters two-point weights give too few distinct statistics (Webb 2014). */
const RADEMACHER_CLUSTERS_MIN = 6
const ENUMERATED_MAX = 10_000
const DRAWS = 9_999
const TIE = 1e-10

interface ClusterTotal {
  size: number
  total: number
}

/** |t| of the weighted cluster totals with the C/(C−1) variance. */
function statistic(clusters: readonly ClusterTotal[], weights: readonly number[], n: number): number {
  let total = 0
  let size = 0
  for (const [index, cluster] of clusters.entries()) {
    const weighted = (weights[index] as number) * cluster.total
    total += weighted
    size += Math.abs(weighted)
  }
  const centre = total / n
  let squares = 0
  for (const [index, { size, total }] of clusters.entries()) {
    squares += ((weights[index] as number) * total - size * centre) ** 2
  }
  if (squares <= (ROUNDING * size) ** 2) return Math.abs(total) <= ROUNDING * size ? 0 : Number.POSITIVE_INFINITY
  return Math.abs(centre) / (Math.sqrt((clusters.length / (clusters.length - 1)) * squares) / n)
}

function* enumerated(points: readonly number[], length: number): Generator<number[]> {
  const patterns = points.length ** length
  for (let pattern = 0; pattern < patterns; pattern++) {
    const weights: number[] = []
    for (let rest = pattern; weights.length < length; rest = Math.floor(rest / points.length)) {
      weights.push(points[rest % points.length] as number)
    }
    yield weights
  }
}

function* drawn(points: readonly number[], length: number, random: Random): Generator<number[]> {
  for (let draw = 0; draw < DRAWS; draw++) {
    yield Array.from({ length }, () => points[Math.floor(random() * points.length)] as number)
  }
}

export interface WildBootstrap {
  p: number
  weights: 'rademacher' | 'webb'
  /** All weightings were tried. */
  isExact: boolean
}

/**
 * Wild cluster bootstrap-t of mean 0, the null imposed (Cameron, Gelbach & Miller 2008), with Webb's six-point weights
 * under six clusters. A companion under ten clusters: with two or three clusters it can hardly ever reject.
 * `undefined` below two clusters.
 */
export function wildBootstrap(values: readonly ClusteredValue[], seed: string): WildBootstrap | undefined {
  const byCluster = new Map<string, ClusterTotal>()
  for (const { cluster, value } of values) {
    const entry = byCluster.get(cluster) ?? { size: 0, total: 0 }
    entry.size += 1
    entry.total += value
    byCluster.set(cluster, entry)
  }
  // In a fixed order, so that the seeded draws do not depend on that of the tasks.
  const clusters = [...byCluster.values()].sort((a, b) => a.size - b.size || Math.abs(a.total) - Math.abs(b.total))
  if (clusters.length < 2) return undefined
  const points = clusters.length < RADEMACHER_CLUSTERS_MIN ? WEBB : RADEMACHER
  const isExact = points.length ** clusters.length <= ENUMERATED_MAX
  const observed = statistic(clusters, new Array<number>(clusters.length).fill(1), values.length) * (1 - TIE)
  const weightings = isExact
    ? enumerated(points, clusters.length)
    : drawn(points, clusters.length, seededRandom(`wild-bootstrap/${seed}`))
  let hits = 0
  let count = 0
  for (const weights of weightings) {
    count += 1
    if (statistic(clusters, weights, values.length) >= observed) hits += 1
  }
  const p = isExact ? hits / count : (hits + 1) / (count + 1)
  return { p, weights: points === WEBB ? 'webb' : 'rademacher', isExact }
}
