/** Names no C symbol can have. */
export const INTERNAL_EXPORTS = { table: '-table', stackPointer: '-stack-pointer' } as const

const EXPORT_SECTION = 7
const KIND = { table: 1, global: 3 } as const
const HEADER_BYTES = 8

function unsignedLeb(value: number): number[] {
  const bytes: number[] = []
  let rest = value
  do {
    const low = rest & 0x7f
    rest >>>= 7
    bytes.push(rest === 0 ? low : low | 0x80)
  } while (rest !== 0)
  return bytes
}

function readUnsignedLeb(bytes: Uint8Array, offset: number): { value: number; next: number } {
  let value = 0
  let shift = 0
  let next = offset
  for (;;) {
    const byte = bytes[next++] as number
    value |= (byte & 0x7f) << shift
    if ((byte & 0x80) === 0) return { value: value >>> 0, next }
    shift += 7
  }
}

function exportEntry(name: string, kind: number): number[] {
  return [name.length, ...[...name].map(letter => letter.charCodeAt(0)), kind, 0]
}

/**
 * Adds two exports to a WASM binary: its first table and its first global, which LLVM's builds use as the stack
 * pointer. WebAssembly core specification, section 5.5.10.
 */
export function exportInternals(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  let offset = HEADER_BYTES
  while (offset < bytes.length) {
    const size = readUnsignedLeb(bytes, offset + 1)
    const end = size.next + size.value
    if (bytes[offset] === EXPORT_SECTION) {
      const count = readUnsignedLeb(bytes, size.next)
      const added = [
        ...exportEntry(INTERNAL_EXPORTS.table, KIND.table),
        ...exportEntry(INTERNAL_EXPORTS.stackPointer, KIND.global),
      ]
      const content = [...unsignedLeb(count.value + 2), ...bytes.subarray(count.next, end), ...added]
      const section = [EXPORT_SECTION, ...unsignedLeb(content.length), ...content]
      const result = new Uint8Array(offset + section.length + bytes.length - end)
      result.set(bytes.subarray(0, offset))
      result.set(section, offset)
      result.set(bytes.subarray(end), offset + section.length)
      return result
    }
    offset = end
  }
  throw new Error('the QuickJS build has no export section')
}
