import { characters, folded, isAscii, withoutMarks } from './character.ts'
import { createHaystack } from './haystack.ts'
import type { Match } from './match.ts'
import { type MatchKind, matchNeedle, type Needle } from './match-needle.ts'

interface Atom {
  needle: Needle
  isNegative: boolean
}

/** A query in fzf's syntax: words are fuzzy, `'word` literal, `^start`, `end$`, `!not`; all must hold. */
export interface FileQuery {
  match(text: string): Match | undefined
}

export function createFileQuery(query: string): FileQuery {
  const atoms = splitAtoms(query)
    .map(parseAtom)
    .filter(atom => atom.needle.characters.length > 0)
  return {
    match: text => {
      if (!canMatch(text, atoms)) return undefined
      const haystack = createHaystack(text)
      let score = 0
      const indices = new Set<number>()
      for (const { needle, isNegative } of atoms) {
        const match = matchNeedle(needle, haystack)
        if ((match === undefined) !== isNegative) return undefined
        if (!match) continue
        score += match.score
        for (const index of match.indices) indices.add(index)
      }
      return { score, indices: [...indices].sort((left, right) => left - right) }
    },
  }
}

/** Rules out most paths before anything is prepared: the needles' characters in order, ASCII only. */
function canMatch(text: string, atoms: readonly Atom[]): boolean {
  if (!isAscii(text)) return true
  const lower = text.toLowerCase()
  return atoms.every(({ needle, isNegative }) => isNegative || hasInOrder(lower, needle.characters))
}

function hasInOrder(text: string, wanted: readonly string[]): boolean {
  let from = 0
  for (const character of wanted) {
    const place = text.indexOf(character, from)
    if (place < 0) return false
    from = place + 1
  }
  return true
}

/** Splits at white space that has no backslash before it. */
function splitAtoms(query: string): string[] {
  const atoms = ['']
  let isEscaped = false
  for (const character of query) {
    if (/\s/.test(character) && !isEscaped) {
      atoms.push('')
      continue
    }
    isEscaped = character === '\\'
    atoms[atoms.length - 1] += character
  }
  return atoms
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
  return { needle: createNeedle(rest.replace(/\\(\s)/g, '$1') + suffix, kind), isNegative }
}

function createNeedle(text: string, kind: MatchKind): Needle {
  const all = characters(text).map(folded)
  return {
    kind,
    characters: all,
    isAscii: isAscii(text),
    ignoresMarks: all.every(character => withoutMarks(character) === character),
  }
}

/** Whether a query is one word without any of the syntax above. */
export function isPlainWord(query: string): boolean {
  return /^[^!^'\s\\][^\s\\]*$/.test(query) && !query.endsWith('$')
}
