import type { Readable } from 'node:stream'

/** Splits a stream at `\n` alone: a line of JSON can contain any other line end. Looks at each byte once. */
export function eachLine(stream: Readable, take: (line: string) => void): void {
  let open: Buffer[] = []
  stream.on('data', (chunk: Buffer) => {
    let start = 0
    for (let end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', start)) {
      open.push(chunk.subarray(start, end))
      take(Buffer.concat(open).toString())
      open = []
      start = end + 1
    }
    open.push(chunk.subarray(start))
  })
}
