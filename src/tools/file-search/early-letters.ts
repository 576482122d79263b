/**
 * Letters of its first table that release 0.55 reads as a plain one. As all of this file, observed: one file name for
 * each character.
 */
const FIRST_VARIANTS = {
  A: 'ÀÁÂÃÄÅȺ',
  B: 'ƁɃʙ',
  C: 'ÇȻ',
  D: 'ƉƊ',
  E: 'ÈÉÊËƎƐɆ',
  G: 'Ɠɢʛ',
  H: 'ʜ',
  I: 'ÌÍÎÏİƗɪ',
  J: 'Ɉ',
  L: 'Ƚʟ',
  M: 'Ɯ',
  N: 'ÑƝȠɴ',
  O: 'ÒÓÔÕÖØƆƟ',
  Q: 'Ɋ',
  R: 'Ɍʀʁ',
  T: 'ƮȾ',
  U: 'ÙÚÛÜɄ',
  V: 'ƲɅ',
  Y: 'ÝŸɎʏ',
  a: 'àáâãäåāăąǎȁȃȧɐɑ',
  b: 'ƀƃɓ',
  c: 'çćĉċčƈȼɕʗ',
  d: 'ďđƌȡɖɗ',
  e: 'èéêëēĕėęěǝȅȇȩɇɘɛɜɝɞʚ',
  f: 'ƒ',
  g: 'ĝğġģǥǧǵɠɡ',
  h: 'ĥħȟɥɦʮ',
  i: 'ìíîïĩīĭįıǐȉȋɨ',
  j: 'ĵǰȷɉɟʝ',
  k: 'ķƙǩʞ',
  l: 'ĺļľŀłƚȴɫɬɭ',
  m: 'ɯɰɱ',
  n: 'ñńņňƞǹȵɲɳ',
  o: 'òóôõöøōŏőơǒǫȍȏȯɔɵ',
  p: 'ƥ',
  q: 'ɋʠ',
  r: 'ŕŗřȑȓɍɹɺɻɼɽɾɿ',
  s: 'ßśŝşšſșȿʂ',
  t: 'ţťŧƫƭțȶʇʈ',
  u: 'ùúûüũūŭůűųưǔȕȗʉ',
  v: 'ʋʌ',
  w: 'ŵʍ',
  y: 'ýÿŷƴȳɏʎ',
  z: 'źżžƶȥɀʐʑ',
}
/** Combining letters, from U+0363 on, end the first table. */
const COMBINING_START = 0x363
const COMBINING = 'aeioucdhmrtvx'

/** Two further tables. Their letters are read as the first table's letter of the same place, whatever they look like. */
const LATER_TABLES = [
  'ᴀᴃᴄᴅᴇᴈᴉᴊᴋᴌᴍᴎᴏᴐᴑᴒᴓᴖᴗᴘᴙᴚᴛᴜᴝᴞᴟᴠᴡᴢᵢᵣᵤᵥḁḃḅḇḋḍḏḑḓḙḛḟḡḣḥḧḩḫḭḱḳḵḷḽḿṁṃṅṇṉṋṕṗṛṟṡṣṫṭṯṱṳṵṽṿẁẃẅẉẋẍẏẑẕẖẗẘẙẚẛạảẹẽỉịọỏụủ',
  'ⁱₕₖₗₘₚₛₜↄ',
]

const first = Object.entries(FIRST_VARIANTS)
  .flatMap(([plain, variants]) => [...variants].map((variant): [string, string] => [variant, plain]))
  .sort(([left], [right]) => (left < right ? -1 : 1))
const combining = [...COMBINING].map((plain, at): [string, string] => [
  String.fromCodePoint(COMBINING_START + at),
  plain,
])
const later = LATER_TABLES.flatMap(table =>
  [...table].map((variant, at): [string, string] => [variant, first[at]?.[1] as string]),
)
const PLAIN = new Map([...first, ...combining, ...later])

/** A Latin letter without its marks, as release 0.55 reads it; anything else unchanged. */
export function withoutMarksEarly(character: string): string {
  return PLAIN.get(character) ?? character
}
