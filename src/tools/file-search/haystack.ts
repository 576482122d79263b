import { characters, folded, hasPlainCharacters, isAscii } from './character.ts'
import { CHARACTER_CLASS, type CharacterClass } from './character-class.ts'
import { bonusIndex, type MatchRules } from './search-profile.ts'

/** How the characters of a needle and a path are compared. */
export interface Comparison {
  ignoresCase: boolean
  /** Whether a plain letter of the needle also matches one with marks. */
  ignoresMarks: boolean
}

/** A path prepared for matching; computed once, used by every atom of a query. */
export interface Haystack {
  /** Whether it is ASCII, for which upstream has code of its own, with other edges. */
  isPlain: boolean
  length: number
  /** Absent where it is ASCII. */
  classes?: readonly CharacterClass[]
  /** The bonus of each character for being at the beginning of a word. */
  bonuses: readonly number[]
  rules: MatchRules
  /** The code points as a comparison wants them; case ignored as scoring does, or as equality does. */
  text(comparison: Comparison, use: 'score' | 'equality'): readonly number[]
}

/** `isPlain` of a part of a path is that of the whole. */
export function createHaystack(path: string, rules: MatchRules, isPlain = isPlainTo(rules, path)): Haystack {
  return isPlain && isAscii(path) ? plainHaystack(path, rules) : unicodeHaystack(path, rules, isPlain)
}

function isPlainTo({ readsBytes }: MatchRules, path: string): boolean {
  return readsBytes ? isAscii(path) : hasPlainCharacters(path)
}

function plainHaystack(path: string, rules: MatchRules): Haystack {
  const { length } = path
  const lower: number[] = new Array(length)
  const bonuses: number[] = new Array(length)
  let before = rules.initialClass
  for (let index = 0; index < length; index++) {
    const code = path.charCodeAt(index)
    const current = rules.classOf(code)
    lower[index] = lowerAscii(code)
    bonuses[index] = rules.bonuses[bonusIndex(before, current)] as number
    before = current
  }
  return { isPlain: true, length, bonuses, rules, text: ({ ignoresCase }) => (ignoresCase ? lower : codesOf(path)) }
}

function codesOf(path: string): number[] {
  return Array.from(path, codeOf)
}

export function lowerAscii(code: number): number {
  return code >= 65 && code <= 90 ? code + 32 : code
}

function unicodeHaystack(path: string, rules: MatchRules, isPlain: boolean): Haystack {
  const whole = characters(path)
  const isBytes = rules.readsBytes && !isPlain && whole.every(isAscii)
  const all = isBytes ? bytesOf(path) : whole
  const classes = all.map(character => rules.classOf(codeOf(character)))
  const bonuses = classes.map(
    (current, index) => rules.bonuses[bonusIndex(classes[index - 1] ?? rules.initialClass, current)] as number,
  )
  const texts = new Map<string, readonly number[]>()
  return {
    isPlain: isPlain || isBytes,
    length: all.length,
    classes,
    bonuses,
    rules,
    text({ ignoresCase, ignoresMarks }, use) {
      // Unless marks are ignored too, scoring takes the case from capital letters alone: ſ and ς stay.
      const foldsCapitalsOnly = use === 'score' && !ignoresMarks
      const key = `${ignoresCase}${ignoresMarks}${foldsCapitalsOnly}`
      const text =
        texts.get(key) ??
        all.map((character, index) => {
          const plain = ignoresMarks ? rules.plain(character) : character
          const isKept = !ignoresCase || (foldsCapitalsOnly && classes[index] !== CHARACTER_CLASS.upper)
          return codeOf(isKept ? plain : folded(plain))
        })
      texts.set(key, text)
      return text
    },
  }
}

/** Bytes beyond ASCII match nothing and are not part of a word. */
function bytesOf(path: string): string[] {
  return [...Buffer.from(path)].map(byte => (byte < 0x80 ? String.fromCharCode(byte) : '\u00d7'))
}

function codeOf(character: string): number {
  return character.codePointAt(0) as number
}
