/** A match of a needle in a haystack; `indices` are positions of characters, ascending. */
export interface Match {
  score: number
  indices: number[]
}
