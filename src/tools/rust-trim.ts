/** Unicode White_Space, which is what Rust trims; JavaScript's `trim` also takes U+FEFF and leaves U+0085. */
const WHITE_SPACE = '[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]'
const LEADING = new RegExp(`^${WHITE_SPACE}+`)
const IS_WHITE_SPACE = new RegExp(`^${WHITE_SPACE}$`)

export function isWhiteSpace(character: string): boolean {
  return IS_WHITE_SPACE.test(character)
}

export function trimStart(text: string): string {
  return text.replace(LEADING, '')
}

export function trimEnd(text: string): string {
  let end = text.length
  while (end > 0 && isWhiteSpace(text.charAt(end - 1))) end--
  return text.slice(0, end)
}

export function trim(text: string): string {
  return trimStart(trimEnd(text))
}
