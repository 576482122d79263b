/** A contrast: weights of arms that sum to 0. */
export interface Contrast {
  name: string
  weights: ReadonlyMap<string, number>
}

/** The mean of `others` minus the mean of `baselines`: a main effect over the levels of the other factors. */
export function mainEffect(name: string, baselines: readonly string[], others: readonly string[]): Contrast {
  const weights = new Map<string, number>()
  for (const arm of baselines) weights.set(arm, -1 / baselines.length)
  for (const arm of others) weights.set(arm, 1 / others.length)
  return { name, weights }
}

/** (y11 − y10) − (y01 − y00): how much one factor's effect changes with the other. */
export function interaction(name: string, cells: { y00: string; y01: string; y10: string; y11: string }): Contrast {
  const { y00, y01, y10, y11 } = cells
  return {
    name,
    weights: new Map([
      [y11, 1],
      [y10, -1],
      [y01, -1],
      [y00, 1],
    ]),
  }
}
