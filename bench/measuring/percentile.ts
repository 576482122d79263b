/** The value below which a share of the samples lies (nearest rank); `undefined` without samples. */
export function percentile(samples: readonly number[], share: number): number | undefined {
  const ascending = [...samples].sort((left, right) => left - right)
  return ascending[Math.max(0, Math.ceil(share * ascending.length) - 1)]
}
