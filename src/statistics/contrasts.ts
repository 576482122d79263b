import { difference, mean } from './moments.ts'

/** What one task gave in each arm: the mean over its trials, by the arm's name. */
export type CellMeans = ReadonlyMap<string, number>

/** A contrast: weights of arms that sum to 0. */
export interface Contrast {
  name: string
  weights: ReadonlyMap<string, number>
}

/** The contrast of one task; `undefined` when one of its arms has no trial: a hole is never filled. */
export function taskContrast(cells: CellMeans, { weights }: Contrast): number | undefined {
  let [above, below] = [0, 0]
  for (const [arm, weight] of weights) {
    const cell = cells.get(arm)
    if (cell === undefined) return undefined
    if (weight > 0) above += weight * cell
    else below -= weight * cell
  }
  return difference(below, above)
}

/** other − baseline. */
export function simpleContrast(name: string, baseline: string, other: string): Contrast {
  return {
    name,
    weights: new Map([
      [baseline, -1],
      [other, 1],
    ]),
  }
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

/** Cell means of a task from its trials; an arm without trials has no cell. */
export function cellMeans(trials: Iterable<readonly [arm: string, values: readonly number[]]>): CellMeans {
  const cells = new Map<string, number>()
  for (const [arm, values] of trials) {
    const centre = mean(values)
    if (centre !== undefined) cells.set(arm, centre)
  }
  return cells
}
