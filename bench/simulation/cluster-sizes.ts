/** Every cluster is so much larger than the one before it. */
const GROWTH = 1.5

/** How many of `tasks` are in each of `clusters` clusters of unequal size, at least one in each. */
export function clusterSizes(tasks: number, clusters: number): number[] {
  const weights = Array.from({ length: clusters }, (_, index) => GROWTH ** index)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const sizes = weights.map(weight => 1 + Math.floor(((tasks - clusters) * weight) / total))
  const left = tasks - sizes.reduce((sum, size) => sum + size, 0)
  return sizes.map((size, index) => (index >= clusters - left ? size + 1 : size))
}
