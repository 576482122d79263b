import { createFileQuery, type FileQuery, isPlainWord } from './file-query.ts'
import type { Match } from './match.ts'
import type { FoundEntry } from './walk-files.ts'

export interface RankedFile {
  path: string
  kind: 'file' | 'directory'
  score: number
  /** Positions of the matched characters in `path`, ascending. */
  indices: number[]
}

const BONUS_MATCH_IN_NAME = 65_536
const BONUS_DIRECTORY_NAME = 2 * BONUS_MATCH_IN_NAME
const BONUS_FILE_NAME = 3 * BONUS_MATCH_IN_NAME

/**
 * The entries a query matches, best first, equal ones by path; at most `limit`, of equal ones the shortest paths.
 * For a query that is one plain word, a file whose name alone matches comes before all that need their folders.
 */
export function rankFiles(entries: readonly FoundEntry[], queryText: string, limit: number): RankedFile[] {
  if (queryText === '') return []
  const query = createFileQuery(queryText)
  const word = isPlainWord(queryText.trim()) ? queryText.trim().toLowerCase() : undefined
  const ranked: RankedFile[] = []
  for (const { path, kind } of entries) {
    const match =
      (kind === 'file' && word !== undefined ? matchInName(query, path, word) : undefined) ?? query.match(path)
    if (match) ranked.push({ path, kind, ...match })
  }
  if (word !== undefined) raiseNamedDirectory(ranked, word)
  return ranked
    .sort((left, right) => right.score - left.score || lengthOf(left) - lengthOf(right) || byPath(left, right))
    .slice(0, limit)
    .sort((left, right) => right.score - left.score || byPath(left, right))
}

function matchInName(query: FileQuery, path: string, word: string): Match | undefined {
  const name = nameOf(path)
  const match = query.match(name)
  if (!match) return undefined
  const before = [...path.slice(0, path.length - name.length)].length
  const bonus = name.toLowerCase() === word ? BONUS_FILE_NAME : BONUS_MATCH_IN_NAME
  return { score: match.score + bonus, indices: match.indices.map(index => index + before) }
}

/** Only the shortest path to a directory of exactly that name is raised. */
function raiseNamedDirectory(ranked: RankedFile[], word: string): void {
  const named = ranked.filter(({ path, kind }) => kind === 'directory' && nameOf(path).toLowerCase() === word)
  const [shortest] = named.sort((left, right) => lengthOf(left) - lengthOf(right) || byPath(left, right))
  if (shortest) shortest.score += BONUS_DIRECTORY_NAME
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

function lengthOf({ path }: RankedFile): number {
  return path.length
}

/** By code points, as bytes of UTF-8 compare; JavaScript's own order puts surrogates before U+E000. */
function byPath({ path: left }: RankedFile, { path: right }: RankedFile): number {
  const length = Math.min(left.length, right.length)
  for (let index = 0; index < length; index++) {
    const a = left.charCodeAt(index)
    const b = right.charCodeAt(index)
    if (a !== b) return (isSurrogate(a) ? a + 0x10000 : a) - (isSurrogate(b) ? b + 0x10000 : b)
  }
  return left.length - right.length
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff
}
