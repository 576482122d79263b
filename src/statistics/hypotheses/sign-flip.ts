import { seededRandom } from '../../base/random.ts'
import { type ClusteredValue, clusterSums } from '../numbers/cluster-sums.ts'
import { ROUNDING, sum } from '../numbers/moments.ts'

const ENUMERATED_CLUSTERS_MAX = 16
const DRAWS = 9_999

export interface SignFlip {
  p: number
  /** All sign patterns were tried, rather than a seeded sample of them. */
  isExact: boolean
}

/**
 * Two-sided sign-flip permutation test of mean 0 on cluster sums: p = share of sign patterns whose |Σ ε_c D_c| is at
 * least the observed one; exact up to 16 clusters, else (1 + hits)/(draws + 1) over seeded draws. Conservative at small
 * n. `undefined` without values.
 */
export function signFlip(values: readonly ClusteredValue[], seed: string): SignFlip | undefined {
  if (values.length === 0) return undefined
  // Only sizes matter to the test; sorted, the seeded draws do not depend on the order of tasks or of the arms.
  const observedSum = Math.abs(sum(values.map(each => each.value)))
  const sums = clusterSums(values, 0)
    .map(Math.abs)
    .sort((a, b) => a - b)
  const observed = observedSum - ROUNDING * sum(sums)
  return sums.length <= ENUMERATED_CLUSTERS_MAX
    ? { p: exactShare(sums, observed), isExact: true }
    : { p: sampledShare(sums, observed, seed), isExact: false }
}

/** Both signs of the first sum give the same absolute values, so half of the patterns are enough. */
function exactShare(sums: readonly number[], observed: number): number {
  const patterns = 2 ** (sums.length - 1)
  let hits = 0
  for (let pattern = 0; pattern < patterns; pattern++) {
    let total = sums[0] as number
    for (let index = 1; index < sums.length; index++) {
      total += (pattern >> (index - 1)) & 1 ? -(sums[index] as number) : (sums[index] as number)
    }
    if (Math.abs(total) >= observed) hits += 1
  }
  return hits / patterns
}

function sampledShare(sums: readonly number[], observed: number, seed: string): number {
  const random = seededRandom(`sign-flip/${seed}`)
  let hits = 0
  for (let draw = 0; draw < DRAWS; draw++) {
    let total = 0
    for (const each of sums) total += random() < 0.5 ? -each : each
    if (Math.abs(total) >= observed) hits += 1
  }
  return (hits + 1) / (DRAWS + 1)
}
