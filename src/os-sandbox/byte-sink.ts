export interface ByteSink {
  /** Bytes of this chunk that were kept. */
  write(chunk: Uint8Array): Uint8Array
  content(): Uint8Array
}

const BYTES_AT_FIRST = 8192

/** Keeps the first `bytesMax` bytes written to it in one growing buffer, however small the chunks. */
export function createByteSink(bytesMax: number): ByteSink {
  let buffer = new Uint8Array(Math.min(BYTES_AT_FIRST, bytesMax))
  let length = 0
  return {
    write(chunk) {
      const kept = chunk.subarray(0, bytesMax - length)
      if (length + kept.length > buffer.length) {
        const larger = new Uint8Array(Math.min(bytesMax, Math.max(buffer.length * 2, length + kept.length)))
        larger.set(buffer.subarray(0, length))
        buffer = larger
      }
      buffer.set(kept, length)
      length += kept.length
      return kept
    },
    content: () => buffer.slice(0, length),
  }
}
