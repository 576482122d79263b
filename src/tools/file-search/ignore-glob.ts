import type { SearchProfile } from './search-profile.ts'

/** Which of the 256 bytes fit. */
export type ByteSet = Uint8Array

/** A part of a glob: one byte, any number of bytes, or a choice. */
export type GlobPart =
  | { kind: 'byte'; set: ByteSet }
  | { kind: 'bytes'; set: ByteSet }
  | { kind: 'choice'; of: readonly (readonly GlobPart[])[] }

/**
 * Reads a glob of an ignore file, given one character for each byte, in the dialect of the crate `globset`, which is
 * ripgrep's: in addition to git's `*`, `**`, `?`, `[…]` and `\` there are `{a,b}`. Undefined for an invalid one. To 0.55, a
 * bracket that is not closed and braces in braces are invalid, and a closing brace alone is nothing.
 */
export function parseGlob(glob: string, profile: SearchProfile): GlobPart[] | undefined {
  const reader: Reader = { glob, at: 0, isEarly: profile === '0.55' }
  const parts = readParts(reader, 0)
  return reader.at < glob.length ? undefined : parts
}

interface Reader {
  readonly glob: string
  at: number
  readonly isEarly: boolean
}

const DEPTH_MAX = 100

const ALL = byteSet(() => true)
const LITERALS = Array.from(
  { length: 256 },
  (_, code): GlobPart => ({ kind: 'byte', set: byteSet(byte => byte === code) }),
)
const SLASH = LITERALS[47] as GlobPart
const NOT_SLASH = byteSet(byte => byte !== 47)
const ANY_NAME: GlobPart = { kind: 'bytes', set: NOT_SLASH }
const ANYTHING: GlobPart = { kind: 'bytes', set: ALL }
const NOTHING: GlobPart = { kind: 'choice', of: [[]] }
const ANY_PREFIX: GlobPart = { kind: 'choice', of: [[], [SLASH], [ANYTHING, SLASH]] }
const ANY_BETWEEN: GlobPart = { kind: 'choice', of: [[SLASH], [SLASH, ANYTHING, SLASH]] }
const ANY_SUFFIX: GlobPart = { kind: 'choice', of: [[SLASH, ANYTHING]] }

function byteSet(fits: (byte: number) => boolean): ByteSet {
  return Uint8Array.from({ length: 256 }, (_, byte) => (fits(byte) ? 1 : 0))
}

/** Up to the end, or to the comma or brace that ends it within braces. */
function readParts(reader: Reader, depth: number): GlobPart[] | undefined {
  const { glob } = reader
  const parts: GlobPart[] = []
  for (; reader.at < glob.length; reader.at++) {
    const character = glob[reader.at] as string
    if (depth > 0 && (character === ',' || character === '}')) break
    if (character === '*') {
      readStars(reader, parts, depth)
      continue
    }
    const part = readPart(reader, character, depth)
    if (part === undefined) return undefined
    parts.push(part)
  }
  return parts.length === 1 && parts[0] === ANY_PREFIX ? [ANYTHING] : parts
}

/** Leaves the reader at the part's last character. */
function readPart(reader: Reader, character: string, depth: number): GlobPart | undefined {
  switch (character) {
    case '?':
      return { kind: 'byte', set: NOT_SLASH }
    case '[':
      return readClass(reader)
    case '{':
      return readChoice(reader, depth + 1)
    case '}':
      return reader.isEarly ? NOTHING : undefined
    case '\\': {
      const escaped = reader.glob[++reader.at]
      return escaped === undefined ? undefined : literal(escaped)
    }
    default:
      return literal(character)
  }
}

function literal(character: string): GlobPart {
  return LITERALS[character.charCodeAt(0)] as GlobPart
}

/** Two stars are more than one only if they are all there is between two slashes, or a slash and an end. */
function readStars(reader: Reader, parts: GlobPart[], depth: number): void {
  const { glob, at } = reader
  if (glob[at + 1] !== '*') {
    parts.push(ANY_NAME)
    return
  }
  reader.at++
  const after = glob[at + 2]
  const isLast = after === undefined || (depth > 0 && (after === ',' || after === '}'))
  if (parts.length === 0) {
    const isWhole = after === undefined || after === '/'
    parts.push(isWhole ? ANY_PREFIX : ANY_NAME)
    if (after === '/') reader.at++
    return
  }
  if (glob[at - 1] !== '/' || !(isLast || after === '/')) {
    parts.push(ANY_NAME)
    return
  }
  if (!isLast) reader.at++
  const before = parts.pop() as GlobPart
  parts.push(before === ANY_PREFIX || before === ANY_SUFFIX ? before : isLast ? ANY_SUFFIX : ANY_BETWEEN)
}

function readClass(reader: Reader): GlobPart | undefined {
  const { glob } = reader
  let at = reader.at + 1
  const isNegated = glob[at] === '!' || glob[at] === '^'
  if (isNegated) at++
  const first = at
  const set = new Uint8Array(256)
  for (; at < glob.length && (glob[at] !== ']' || at === first); at++) {
    const from = glob.charCodeAt(at)
    const isRange = glob[at + 1] === '-' && at + 2 < glob.length && glob[at + 2] !== ']'
    const to = isRange ? glob.charCodeAt(at + 2) : from
    if (from > to) return undefined
    set.fill(1, from, to + 1)
    if (isRange) at += 2
  }
  if (at >= glob.length) return reader.isEarly ? undefined : literal('[')
  reader.at = at
  return { kind: 'byte', set: isNegated ? set.map(fits => 1 - fits) : set }
}

function readChoice(reader: Reader, depth: number): GlobPart | undefined {
  if (depth > (reader.isEarly ? 1 : DEPTH_MAX)) return undefined
  const of: GlobPart[][] = []
  do {
    reader.at++
    const parts = readParts(reader, depth)
    if (parts === undefined || reader.at >= reader.glob.length) return undefined
    if (parts.length > 0) of.push(parts)
  } while (reader.glob[reader.at] === ',')
  return of.length === 0 ? NOTHING : { kind: 'choice', of }
}
