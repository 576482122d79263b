/** Why there is no comparison: a mistake the user can fix. `known` are the words that would have worked. */
export type CompareFailure =
  | { kind: 'unknown-word'; message: string; word: string; known: string[] }
  | { kind: 'nothing-to-compare'; message: string }
  | { kind: 'nothing-scored'; message: string }

export function unknownWord(what: string, word: string, known: readonly string[]): CompareFailure {
  return { kind: 'unknown-word', message: `unknown ${what} "${word}"`, word, known: [...known] }
}

export function nothingToCompare(message: string): CompareFailure {
  return { kind: 'nothing-to-compare', message }
}
