import { createReadStream } from 'node:fs'

/** Longer lines are damage, not data. */
const LINE_BYTES_MAX = 256 * 1024 * 1024
const NEWLINE = 0x0a

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
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
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
