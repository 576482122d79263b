/** One arm's trials of one task: scores that were measured, and how many trials failed. */
export interface TrialsWithHoles {
  scores: readonly number[]
  lost: number
}

/** How to count a failed trial. */
export type HoleRule = 'drop' | 'as-lowest' | 'as-highest'

/** The scores with the holes filled by the rule; scores lie in [lowest, highest]. */
export function fillHoles(
  { scores, lost }: TrialsWithHoles,
  rule: HoleRule,
  { lowest = 0, highest = 1 }: { lowest?: number; highest?: number } = {},
): number[] {
  if (rule === 'drop') return [...scores]
  return [...scores, ...new Array<number>(lost).fill(rule === 'as-lowest' ? lowest : highest)]
}

/** The three readings of a comparison with holes (Manski bounds): left out, worst and best for the other arm. */
export const HOLE_READINGS = [
  { name: 'dropped', baseline: 'drop', other: 'drop' },
  { name: 'worst for the other arm', baseline: 'as-highest', other: 'as-lowest' },
  { name: 'best for the other arm', baseline: 'as-lowest', other: 'as-highest' },
] as const satisfies readonly { name: string; baseline: HoleRule; other: HoleRule }[]
