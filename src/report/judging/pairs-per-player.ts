import type { Contrast } from '../../statistics/estimates/contrasts.ts'

/** Arms on the side that is compared. */
export function pairsPerPlayer({ weights }: Contrast): number {
  return [...weights.values()].filter(weight => weight > 0).length
}
