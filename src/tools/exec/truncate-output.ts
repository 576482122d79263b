const BYTES_MAX = 10 * 1024
const LINES_MAX = 256
const HEAD_LINES = 128
const TAIL_LINES = 128
const HEAD_BYTES = BYTES_MAX / 2

/**
 * Codex 0.55's cap on what a model sees of an output: unchanged up to 10 KiB and 256 lines, else the first and the last
 * 128 lines, each cut to their share of the bytes on a character boundary, with a marker between them.
 */
export function truncateOutput(text: string): string {
  const bytes = Buffer.from(text)
  const lines = linesOf(bytes)
  if (bytes.length <= BYTES_MAX && lines.length <= LINES_MAX) return text
  const header = `Total output lines: ${lines.length}\n\n`
  return header + headAndTail(bytes, lines)
}

/** Lines with their line ends; a last one without counts. */
function linesOf(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = []
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(0x0a, start)
    const next = end === -1 ? bytes.length : end + 1
    lines.push(bytes.subarray(start, next))
    start = next
  }
  return lines
}

function headAndTail(bytes: Buffer, lines: readonly Buffer[]): string {
  const headCount = Math.min(HEAD_LINES, lines.length)
  const tailCount = Math.min(TAIL_LINES, lines.length - headCount)
  const omitted = lines.length - headCount - tailCount
  const headBytes = total(lines.slice(0, headCount))
  const tailStart = bytes.length - total(lines.slice(lines.length - tailCount))
  const marker = markerFor(omitted, lines.length, bytes.length)

  const headBudget = Math.min(HEAD_BYTES, Math.max(0, BYTES_MAX - Buffer.byteLength(marker)))
  const head = firstBytes(bytes.subarray(0, headBytes), headBudget)
  const tailBudget = Math.max(0, BYTES_MAX - Buffer.byteLength(head + marker))
  return head + marker + lastBytes(bytes.subarray(tailStart), tailBudget)
}

function markerFor(omitted: number, lineCount: number, byteCount: number): string {
  if (omitted > 0) return `\n[... omitted ${omitted} of ${lineCount} lines ...]\n\n`
  return byteCount > BYTES_MAX ? `\n[... output truncated to fit ${BYTES_MAX} bytes ...]\n\n` : ''
}

function total(lines: readonly Buffer[]): number {
  return lines.reduce((sum, line) => sum + line.length, 0)
}

/** At most `bytesMax` bytes from the start, whole characters. */
export function firstBytes(bytes: Buffer, bytesMax: number): string {
  let end = Math.min(bytesMax, bytes.length)
  while (end > 0 && end < bytes.length && isContinuation(bytes[end])) end--
  return bytes.toString('utf8', 0, end)
}

/** At most `bytesMax` bytes from the end, whole characters. */
export function lastBytes(bytes: Buffer, bytesMax: number): string {
  let start = Math.max(0, bytes.length - bytesMax)
  while (start < bytes.length && isContinuation(bytes[start])) start++
  return bytes.toString('utf8', start)
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80
}
