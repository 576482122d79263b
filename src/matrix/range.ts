export interface Range {
  low: number
  high: number
}

export const ZERO: Range = { low: 0, high: 0 }

export function addRanges(left: Range, right: Range): Range {
  return { low: left.low + right.low, high: left.high + right.high }
}

/** The range with both ends at most `max`, where there is one. */
export function cappedRange({ low, high }: Range, max = Number.POSITIVE_INFINITY): Range {
  return { low: Math.min(low, max), high: Math.min(high, max) }
}
