import { distance } from 'fastest-levenshtein'

/** How far a known word is from a mistyped one; `undefined` when it is too far to be suggested. */
export type Unlikeness = (word: string, candidate: string) => number | undefined

interface Nearness {
  countMax?: number
  unlikeness?: Unlikeness
}

/** The known words nearest to a mistyped one, best first; none when nothing is close. */
export function nearest(word: string, known: readonly string[], options: Nearness = {}): string[] {
  const { countMax = 1, unlikeness = editsBetween } = options
  return known
    .flatMap(candidate => {
      const far = unlikeness(word, candidate)
      return far === undefined ? [] : [{ candidate, far }]
    })
    .sort((left, right) => left.far - right.far)
    .slice(0, countMax)
    .map(({ candidate }) => candidate)
}

/** A clause to append to an error: `; did you mean "x"?`, or the list of what exists. */
export function hint(word: string, known: readonly string[]): string {
  const [best] = nearest(word, known)
  if (best !== undefined) return `; did you mean "${best}"?`
  return known.length === 0 ? '' : `; known: ${known.join(', ')}`
}

/** A name without case and separators: `read_file` and `readFile` are the same. */
export function bareName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '')
}

/** Edits without regard to case. The correct half of a word (`script` for `script-tool`) counts as one edit. */
function editsBetween(word: string, candidate: string): number | undefined {
  const [typed, wanted] = [word.toLowerCase(), candidate.toLowerCase()]
  const isPart = typed.length >= 3 && (wanted.startsWith(typed) || wanted.endsWith(typed))
  const edits = isPart ? 1 : distance(typed, wanted)
  return edits <= Math.max(2, Math.floor(wanted.length / 3)) ? edits : undefined
}
