import type { Result } from '../../contracts/result.ts'

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Bytes → text, refusing what is not UTF-8 in Rust's words. A byte order mark stays part of the text. */
export function utf8Text(bytes: Uint8Array): Result<string, string> {
  try {
    return { ok: true, value: strict.decode(bytes) }
  } catch {
    return { ok: false, error: utf8Error(bytes) }
  }
}

/** The first maximal invalid part, counted as Unicode (Table 3-7) and Rust count it. */
function utf8Error(bytes: Uint8Array): string {
  let index = 0
  while (index < bytes.length) {
    const { length, valid } = sequenceAt(bytes, index)
    if (valid) {
      index += length
      continue
    }
    return index + length < bytes.length || !isOpen(bytes, index, length)
      ? `invalid utf-8 sequence of ${length} bytes from index ${index}`
      : `incomplete utf-8 byte sequence from index ${index}`
  }
  return 'invalid utf-8'
}

function sequenceAt(bytes: Uint8Array, index: number): { length: number; valid: boolean } {
  const wanted = wantedLength(bytes[index] as number)
  if (wanted <= 1) return { length: 1, valid: wanted === 1 }
  let length = 1
  while (length < wanted && isContinuation(bytes, index, length)) length++
  return { length, valid: length === wanted }
}

/** Whether the bytes simply ended before the sequence was complete. */
function isOpen(bytes: Uint8Array, index: number, length: number): boolean {
  return wantedLength(bytes[index] as number) > length
}

/** How many bytes a sequence with this first byte has; 0 for a byte that begins none. */
function wantedLength(first: number): number {
  if (first < 0x80) return 1
  if (first >= 0xc2 && first <= 0xdf) return 2
  if (first >= 0xe0 && first <= 0xef) return 3
  return first >= 0xf0 && first <= 0xf4 ? 4 : 0
}

function isContinuation(bytes: Uint8Array, index: number, offset: number): boolean {
  const byte = bytes[index + offset]
  if (byte === undefined) return false
  const first = bytes[index] as number
  const low = offset > 1 ? 0x80 : first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80
  const high = offset > 1 ? 0xbf : first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf
  return byte >= low && byte <= high
}
