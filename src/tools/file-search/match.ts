/** A match of a needle in a haystack. */
export interface Match {
  score: number
  /** Positions of the matched characters, ascending. Worked out when asked for: most matches are not shown. */
  indices(): number[]
}
