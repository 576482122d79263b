/**
 * Simple case folding of Unicode, one character to one: as `toLowerCase`, but lower-case variants (ς, ſ, µ) become the
 * usual letter, and Cherokee folds to upper case.
 */
export function folded(character: string): string {
  if (character < '\u0080') return character.toLowerCase()
  const upper = single(character.toUpperCase())
  if (CHEROKEE.test(character)) return upper ?? character
  const low = single(character.toLowerCase()) ?? character
  if (low !== character || upper === undefined || KEEP_THEIR_CASE.has(character)) return low
  return single(upper.toLowerCase()) ?? character
}

const CHEROKEE = /\p{Script=Cherokee}/u
/** Their capital letter is another letter's. */
const KEEP_THEIR_CASE = new Set(['ı'])

function single(text: string): string | undefined {
  return [...text].length === 1 ? text : undefined
}

/**
 * Letters that are read as a plain one and that Unicode does not decompose, or decomposes differently. Observed in
 * release 0.169, one file name for each character; the odd ones among them (ḋ, ḣ, ẉ, ẛ) are upstream's.
 */
const VARIANTS = {
  a: 'ªȺɐɑɒẚₐ',
  b: 'ƀƁƂƃƄɃɓʙ',
  c: 'ƇƈȻȼɔɕʗ',
  d: 'ÐðĐđƉƊƋƌȡɖɗ',
  e: 'ƎƏƐǝɆɇɘəɚɛɜɝɞʚḋₑₔ',
  f: 'Ƒƒẜẝ',
  g: 'ƓǤǥɠɡɢɣʛḣḥḧḩ',
  h: 'Ħħƕɥɦɧʜₕ',
  i: 'ıƖƗɨɩɪẛⁱ',
  j: 'ȷɈɉɟʝẉ',
  k: 'ƙʞₖ',
  l: 'ĿŀŁłƚƪȴȽɫɬɭʟₗ',
  m: 'Ɯɯɰɱₘ',
  n: 'ŉŊŋƝƞȠȵɲɳɴⁿₙ',
  o: 'ØøƆƟǾǿɵₒ',
  p: 'Ƥƥₚ',
  q: 'Ɋɋ',
  r: 'ƦɌɍɹɺɻɼɽɾɿʀʁ',
  s: 'ßſƧƨȿʂₛ',
  t: 'ŦŧƫƬƭƮȶȾʇʈₜ',
  u: 'Ʉɤʉ',
  v: 'ƲɅʋʌ',
  w: 'ʍ',
  x: 'ₓ',
  y: 'ƳƴɎɏʎʏ',
  z: 'ƵƶȤȥɀʐʑ',
  '0': 'º⁰⁹₀',
  '1': '¹₁',
  '2': '²₂',
  '3': '³₃',
  '4': '⁴₄',
  '5': '⁵₅',
  '6': '⁶₆',
  '7': '⁷₇',
  '8': '⁸₈',
  '9': '₉',
  '!': '¡ǃ',
  '?': '¿',
  '(': '⁽₍',
  ')': '⁾₎',
  '+': '⁺₊',
  '-': '⁻₋',
  '=': '⁼₌',
}
const PLAIN = new Map(
  Object.entries(VARIANTS).flatMap(([plain, variants]) =>
    [...variants].map(variant => [variant, /\p{Lu}/u.test(variant) ? plain.toUpperCase() : plain]),
  ),
)
const LATIN_END = '\u20a0'

/** A Latin letter without its marks; anything else unchanged. */
export function withoutMarks(character: string): string {
  if (character < '\u0080' || character >= LATIN_END) return character
  const plain = PLAIN.get(character)
  if (plain !== undefined) return plain
  const [base = '', ...marks] = character.normalize('NFD')
  return marks.length > 0 && /[A-Za-z]/.test(base) ? base : character
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** One character for each user-perceived one: the first code point of each grapheme, the last of a line's two ends. */
export function characters(text: string): string[] {
  if (hasPlainCharacters(text)) return text.split('')
  return [...segmenter.segment(text)].map(({ segment }) =>
    segment === '\r\n' ? '\n' : String.fromCodePoint(segment.codePointAt(0) as number),
  )
}

/** Whether each unit of a text is a character: ASCII without the one pair of it that is a single grapheme. */
export function hasPlainCharacters(text: string): boolean {
  return isAscii(text) && !text.includes('\r\n')
}

export function isAscii(text: string): boolean {
  return !/[^\0-\x7f]/.test(text)
}
