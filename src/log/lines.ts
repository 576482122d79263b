import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { setImmediate as nextTurn } from 'node:timers/promises'

/** Longer lines are damage, not data. */
const LINE_BYTES_MAX = 256 * 1024 * 1024
const NEWLINE = 0x0a
const CHUNK_BYTES_MAX = 64 * 1024
const CHUNK_BYTES_MIN = 4 * 1024
/** After so long the rest of the process has its turn, however many files were read. */
const TURN_MS = 10

let turnStartedMs = performance.now()

export interface Line {
  /** 1-based. */
  number: number
  text: string
  /** False for a last line without its newline. */
  isTerminated: boolean
}

/**
 * The lines of a file, one at a time. Only `\n` ends a line: Node's readline also splits at U+2028, which JSON
 * leaves bare inside strings.
 */
export async function* linesOf(file: string): AsyncGenerator<Line> {
  let number = 0
  let parts: Buffer[] = []
  let partsBytes = 0
  for await (const chunk of chunksOf(file)) {
    let start = 0
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      parts.push(chunk.subarray(start, end))
      yield { number: ++number, text: Buffer.concat(parts).toString('utf8'), isTerminated: true }
      parts = []
      partsBytes = 0
      start = end + 1
    }
    if (start === chunk.length) continue
    parts.push(chunk.subarray(start))
    partsBytes += chunk.length - start
    if (partsBytes > LINE_BYTES_MAX) throw new Error(`line ${number + 1} is longer than ${LINE_BYTES_MAX} bytes`)
  }
  if (parts.length > 0) yield { number: ++number, text: Buffer.concat(parts).toString('utf8'), isTerminated: false }
}

/**
 * Read synchronously: a report reads many thousand small logs, and each trip to the thread pool costs more than the
 * read. `O_NONBLOCK` keeps the opening of a named pipe, which is refused, from waiting.
 */
async function* chunksOf(file: string): AsyncGenerator<Buffer> {
  const descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK)
  try {
    const status = fstatSync(descriptor)
    if (!status.isFile()) throw new Error('not a regular file')
    const bytes = Math.min(CHUNK_BYTES_MAX, Math.max(CHUNK_BYTES_MIN, status.size + 1))
    for (;;) {
      if (performance.now() - turnStartedMs > TURN_MS) {
        await nextTurn()
        turnStartedMs = performance.now()
      }
      const chunk = Buffer.allocUnsafeSlow(bytes)
      const read = readSync(descriptor, chunk, 0, bytes, null)
      if (read === 0) return
      yield chunk.subarray(0, read)
    }
  } finally {
    closeSync(descriptor)
  }
}
