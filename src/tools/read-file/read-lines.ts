import type { FileHandle } from 'node:fs/promises'

/** As much of a line as anybody looks at; the rest of a longer one is skipped. */
const KEPT_BYTES_MAX = 4096
const CHUNK_BYTES = 64 * 1024
const NEWLINE = 0x0a
const CARRIAGE_RETURN = 0x0d

/** Decodes like Rust's lossy decoding: one U+FFFD for each maximal invalid part. */
const lossy = new TextDecoder('utf-8', { ignoreBOM: true })

/** A path that exists but is not a regular file. */
export class NotAFileError extends Error {
  readonly isDirectory: boolean

  constructor(isDirectory: boolean) {
    super('not a regular file')
    this.isDirectory = isDirectory
  }
}

/** The lines of an open file, split at `\n`, without one `\r` before it; at most 4096 bytes of each. Throws once aborted. */
export async function* readLines(handle: FileHandle, signal: AbortSignal): AsyncGenerator<string> {
  const found = await handle.stat()
  if (!found.isFile()) throw new NotAFileError(found.isDirectory())
  yield* linesOf(handle, signal)
}

async function* linesOf(handle: FileHandle, signal: AbortSignal): AsyncGenerator<string> {
  const buffer = Buffer.alloc(CHUNK_BYTES)
  let kept: Buffer[] = []
  let keptBytes = 0
  let isOpen = false
  const keep = (part: Buffer) => {
    isOpen = true
    const taken = Buffer.from(part.subarray(0, KEPT_BYTES_MAX - keptBytes))
    kept.push(taken)
    keptBytes += taken.length
  }
  const take = () => {
    const line = Buffer.concat(kept)
    kept = []
    keptBytes = 0
    isOpen = false
    return line
  }
  for (;;) {
    signal.throwIfAborted()
    const { bytesRead } = await handle.read(buffer, 0, CHUNK_BYTES)
    if (bytesRead === 0) break
    const chunk = buffer.subarray(0, bytesRead)
    let start = 0
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      keep(chunk.subarray(start, end))
      yield lossy.decode(withoutCarriageReturn(take()))
      start = end + 1
    }
    if (start < bytesRead) keep(chunk.subarray(start))
  }
  if (isOpen) yield lossy.decode(take())
}

function withoutCarriageReturn(line: Buffer): Buffer {
  return line.at(-1) === CARRIAGE_RETURN ? line.subarray(0, -1) : line
}
