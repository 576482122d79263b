import { characters, isAscii } from './character.ts'
import { createFileQuery, type FileQuery } from './file-query.ts'
import type { SearchProfile } from './search-profile.ts'
import { turn } from './turn.ts'
import type { FoundEntry } from './walk-files.ts'

export interface RankedFile {
  path: string
  kind: 'file' | 'directory'
  score: number
  /** Positions of the matched characters in `path`, ascending. */
  indices: number[]
}

export interface Ranking {
  query: string
  limit: number
  profile: SearchProfile
  /** The first paths, up to a number, in the order of the walk; asked only where equal ones do not all fit. */
  firstMet(paths: readonly string[], count: number): string[]
  signal: AbortSignal
}

interface Candidate {
  path: string
  kind: 'file' | 'directory'
  score: number
  /** Whether the match is one within the name. */
  isInName: boolean
}

const BONUS_MATCH_IN_NAME = 65_536
const BONUS_DIRECTORY_NAME = 2 * BONUS_MATCH_IN_NAME
const BONUS_FILE_NAME = 3 * BONUS_MATCH_IN_NAME

/** The entries a query matches, best first, those of equal score by path; at most `limit`. */
export async function rankFiles(entries: readonly FoundEntry[], ranking: Ranking): Promise<RankedFile[]> {
  if (ranking.query === '') return []
  const query = createFileQuery(ranking.query, ranking.profile)
  const isEarly = ranking.profile === '0.55'
  const all = await candidates(entries, entry => (isEarly ? fileFor : candidateFor)(entry, query), ranking.signal)
  const kept = isEarly ? keepBest(all, ranking) : keepShortest(all, query, ranking)
  return kept
    .sort((left, right) => right.score - left.score || comparePaths(left, right))
    .map(({ path, kind, score, isInName }) => {
      const match = isInName ? query.matchName?.(path) : query.match(path)
      return { path, kind, score, indices: match?.indices() ?? [] }
    })
}

const ENTRIES_PER_TURN = 64

async function candidates(
  entries: readonly FoundEntry[],
  match: (entry: FoundEntry) => Candidate | undefined,
  signal: AbortSignal,
): Promise<Candidate[]> {
  const all: Candidate[] = []
  for (const [index, entry] of entries.entries()) {
    if (index % ENTRIES_PER_TURN === 0) await turn()
    if (signal.aborted) break
    const candidate = match(entry)
    if (candidate) all.push(candidate)
  }
  return all
}

/** As 0.169: where the query is one fuzzy word, a file whose name alone matches comes before all that need folders. */
function candidateFor({ path, kind }: FoundEntry, query: FileQuery): Candidate | undefined {
  const inName = kind === 'file' ? query.matchName?.(path) : undefined
  if (inName) {
    const score = inName.score + (inName.isWhole ? BONUS_FILE_NAME : BONUS_MATCH_IN_NAME)
    return { path, kind, score, isInName: true }
  }
  const match = query.match(path)
  return match && { path, kind, score: match.score, isInName: false }
}

/** As 0.55: folders are none, and names nothing special. */
function fileFor({ path, kind }: FoundEntry, query: FileQuery): Candidate | undefined {
  const match = kind === 'file' ? query.match(path) : undefined
  return match && { path, kind, score: match.score, isInName: false }
}

/** As 0.169: of equal scores the shorter paths stay, and of those the ones that the walk met first. */
function keepShortest(all: readonly Candidate[], query: FileQuery, { limit, firstMet }: Ranking): Candidate[] {
  raiseNamedDirectory(all, query, firstMet)
  if (all.length <= limit) return [...all]
  const ranks = Float64Array.from(all, rankOf)
  const last = ranks.toSorted()[all.length - limit] as number
  const better = all.filter((_, index) => (ranks[index] as number) > last)
  const equal = all.filter((_, index) => ranks[index] === last)
  return [...better, ...firstOf(equal, limit - better.length, firstMet)]
}

const LENGTH_END = 2 ** 20

/** One number for score and length. */
function rankOf({ score, path }: Candidate): number {
  return score * LENGTH_END - lengthOf(path)
}

function firstOf(candidates: Candidate[], count: number, firstMet: Ranking['firstMet']): Candidate[] {
  if (candidates.length <= count) return candidates
  const paths = new Set(
    firstMet(
      candidates.map(({ path }) => path),
      count,
    ),
  )
  return candidates.filter(({ path }) => paths.has(path))
}

/** Only the first of the shortest paths to a directory of exactly that name is raised. */
function raiseNamedDirectory(all: readonly Candidate[], { matchName }: FileQuery, firstMet: Ranking['firstMet']): void {
  const named = all.filter(({ path, kind }) => kind === 'directory' && matchName?.(path)?.isWhole)
  const lengths = named.map(({ path }) => lengthOf(path))
  const shortest = lengths.reduce((least, length) => Math.min(least, length), LENGTH_END)
  const [raised] = firstOf(
    named.filter((_, index) => lengths[index] === shortest),
    1,
    firstMet,
  )
  if (!raised) return
  raised.score += BONUS_DIRECTORY_NAME
  raised.isInName = true
}

/** As 0.55: one that scores better than the worst kept takes the place of the first path among those. */
function keepBest(all: readonly Candidate[], { limit, firstMet }: Ranking): Candidate[] {
  if (all.length <= limit) return [...all]
  const byPath = new Map(all.map(candidate => [candidate.path, candidate]))
  const kept: Candidate[] = []
  for (const path of firstMet([...byPath.keys()], byPath.size)) {
    const candidate = byPath.get(path) as Candidate
    if (kept.length === limit) {
      if (candidate.score <= (kept[0] as Candidate).score) continue
      kept.shift()
    }
    kept.splice(placeFor(candidate, kept), 0, candidate)
  }
  return kept
}

/** Where a candidate belongs among others that ascend by score and path. */
function placeFor(candidate: Candidate, sorted: readonly Candidate[]): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const other = sorted[middle] as Candidate
    if ((candidate.score - other.score || comparePaths(candidate, other)) < 0) high = middle
    else low = middle + 1
  }
  return low
}

function lengthOf(path: string): number {
  return isAscii(path) ? path.length : characters(path).length
}

/** By code points, as bytes of UTF-8 compare; JavaScript's own order puts surrogates before U+E000. */
function comparePaths({ path: left }: Candidate, { path: right }: Candidate): number {
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
