import { isWhiteSpace } from '../rust-trim.ts'
import { characters, folded, hasPlainCharacters, isAscii } from './character.ts'
import { createHaystack, type Haystack, lowerAscii } from './haystack.ts'
import type { Match } from './match.ts'
import { type MatchKind, matchNeedle, type Needle } from './match-needle.ts'
import { MATCH_RULES, type MatchRules, type SearchProfile } from './search-profile.ts'

interface Atom {
  needle: Needle
  isNegative: boolean
}

/** A query of words that must all match: fuzzy; since 0.169 also `'literal`, `^start`, `end$`, `!not`. */
export interface FileQuery {
  match(path: string): Match | undefined
  /** A match within the name of a file; absent if the query is more than one fuzzy word. */
  matchName?(path: string): NameMatch | undefined
}

export interface NameMatch extends Match {
  /** Whether the word is the whole name. */
  isWhole: boolean
}

export function createFileQuery(query: string, profile: SearchProfile): FileQuery {
  const rules = MATCH_RULES[profile]
  const isEarly = profile === '0.55'
  const atoms = splitAtoms(query, isEarly ? isSpace : isWhiteSpace)
    .map(isEarly ? literalAtom : parseAtom)
    .filter(atom => atom.needle.codes.length > 0)
  const canMatch = createFilter(atoms)
  const [first, ...others] = atoms
  const isOneWord = first?.needle.kind === 'fuzzy' && others.length === 0 && !query.includes('\\')
  return {
    ...(isOneWord && {
      matchName: path => (canMatch(path, nameStart(path)) ? matchInName(first.needle, path, rules) : undefined),
    }),
    match: path => (canMatch(path, 0) ? matchAtoms(atoms, createHaystack(path, rules)) : undefined),
  }
}

function nameStart(path: string): number {
  return path.lastIndexOf('/') + 1
}

function matchAtoms(atoms: readonly Atom[], haystack: Haystack): Match | undefined {
  const matches: Match[] = []
  for (const { needle, isNegative } of atoms) {
    const match = matchNeedle(needle, haystack)
    if ((match === undefined) !== isNegative) return undefined
    if (match) matches.push(match)
  }
  return {
    score: matches.reduce((sum, { score }) => sum + score, 0),
    indices: () => [...new Set(matches.flatMap(({ indices }) => indices()))].sort((left, right) => left - right),
  }
}

function matchInName(needle: Needle, path: string, rules: MatchRules): NameMatch | undefined {
  const start = nameStart(path)
  const haystack = createHaystack(path.slice(start), rules, hasPlainCharacters(path))
  const match = matchNeedle(needle, haystack)
  if (!match) return undefined
  return {
    score: match.score,
    isWhole: needle.codes.length === haystack.length,
    indices() {
      const before = characters(path.slice(0, start)).length
      return match.indices().map(index => index + before)
    },
  }
}

/** Rules out most paths before anything is prepared: the needles' characters in order, ASCII only. */
function createFilter(atoms: readonly Atom[]): (path: string, from: number) => boolean {
  const wanted = atoms.filter(({ isNegative }) => !isNegative).map(({ needle }) => needle.codes.map(lowerAscii))
  return (path, from) => wanted.every(codes => hasInOrder(path, from, codes))
}

/** True as well for a path that is not ASCII. */
function hasInOrder(path: string, from: number, wanted: readonly number[]): boolean {
  let next = 0
  for (let index = from; index < path.length; index++) {
    const code = path.charCodeAt(index)
    if (code > 0x7f) return true
    if (lowerAscii(code) === wanted[next]) next++
  }
  return next >= wanted.length || !isAscii(path)
}

function isSpace(character: string): boolean {
  return character === ' '
}

/** Splits at separators that have no backslash before them. */
function splitAtoms(query: string, isSeparator: (character: string) => boolean): string[] {
  const atoms = ['']
  let isEscaped = false
  for (const character of query) {
    if (isSeparator(character) && !isEscaped) {
      atoms.push('')
      continue
    }
    isEscaped = character === '\\'
    atoms[atoms.length - 1] += character
  }
  return atoms
}

/** A word without syntax; case counts when it has a capital letter. */
function literalAtom(source: string): Atom {
  const text = unescaped(source)
  const ignoresCase = text.every(character => folded(character) === character)
  const needle = createNeedle(text, { kind: 'fuzzy', isPlain: isAscii(source), ignoresCase, profile: '0.55' })
  return { needle, isNegative: false }
}

function parseAtom(source: string): Atom {
  let rest = source
  const isNegative = rest.startsWith('!')
  if (isNegative || rest.startsWith('\\!')) rest = rest.slice(1)
  let kind: MatchKind = 'fuzzy'
  if (rest.startsWith('^') || rest.startsWith("'")) {
    kind = rest.startsWith('^') ? 'prefix' : 'substring'
    rest = rest.slice(1)
  } else if (rest.startsWith('\\^') || rest.startsWith("\\'")) rest = rest.slice(1)
  let suffix = ''
  if (rest.endsWith('\\$')) {
    suffix = '$'
    rest = rest.slice(0, -2)
  } else if (rest.endsWith('$')) {
    kind = kind === 'fuzzy' ? 'postfix' : 'exact'
    rest = rest.slice(0, -1)
  }
  if (isNegative && kind === 'fuzzy') kind = 'substring'
  const text = unescaped(rest).map(folded)
  const needle = createNeedle([...text, ...suffix], {
    kind,
    isPlain: isAscii(rest),
    ignoresCase: true,
    profile: '0.169',
  })
  return { needle, isNegative }
}

/** Takes the backslash from before a space. Upstream does so in ASCII only; elsewhere it doubles the others. */
function unescaped(word: string): string[] {
  return isAscii(word) ? word.replaceAll('\\ ', ' ').split('') : characters(word.replace(/\\(?=[^ ])/g, '$&$&'))
}

interface NeedleTraits {
  kind: MatchKind
  isPlain: boolean
  ignoresCase: boolean
  profile: SearchProfile
}

function createNeedle(text: string[], { kind, isPlain, ignoresCase, profile }: NeedleTraits): Needle {
  const { plain } = MATCH_RULES[profile]
  const ignoresMarks = text.every(character => plain(character) === character)
  const codes = text.map(character => character.codePointAt(0) as number)
  return { kind, isPlain, codes, comparison: { ignoresCase, ignoresMarks } }
}
