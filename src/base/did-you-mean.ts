import { distance } from 'fastest-levenshtein'

/** The known words nearest to a mistyped one, best first; none when nothing is close. */
export function nearest(word: string, known: readonly string[], countMax = 1): string[] {
  const typed = word.toLowerCase()
  return known
    .map(candidate => ({ candidate, edits: editsBetween(typed, candidate.toLowerCase()) }))
    .filter(({ candidate, edits }) => edits <= Math.max(2, Math.floor(candidate.length / 3)))
    .sort((left, right) => left.edits - right.edits)
    .slice(0, countMax)
    .map(({ candidate }) => candidate)
}

/** A clause to append to an error: `; did you mean "x"?`, or the list of what exists. */
export function hint(word: string, known: readonly string[]): string {
  const [best] = nearest(word, known)
  if (best !== undefined) return `; did you mean "${best}"?`
  return known.length === 0 ? '' : `; known: ${known.join(', ')}`
}

/** Half a word that was typed rightly (`script` for `script-tool`) counts as one edit. */
function editsBetween(typed: string, candidate: string): number {
  const isPart = typed.length >= 3 && (candidate.startsWith(typed) || candidate.endsWith(typed))
  return isPart ? 1 : distance(typed, candidate)
}
