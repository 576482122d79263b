/** A piece of output as it came. */
export interface OutputPiece {
  stream: 'stdout' | 'stderr'
  text: string
  atMs: number
}

/** Pieces of two streams that arrive closer together than this can arrive in either order. */
const SIMULTANEOUS_MS = 40
const CELLS_MAX = 4_000_000

/**
 * Whether two texts of both streams together differ in nothing but the order of what was written at the same moment,
 * which upstream does not determine either.
 */
export function isSameButForOrder(left: string, right: string, pieces: readonly OutputPiece[]): boolean {
  if (left === right) return true
  const moments = momentsOf(pieces)
  return [left, right].every(text => consistsOf(text, moments))
}

interface Moment {
  stdout: string
  stderr: string
}

function momentsOf(pieces: readonly OutputPiece[]): Moment[] {
  const moments: Moment[] = []
  let lastMs = Number.NEGATIVE_INFINITY
  for (const { stream, text, atMs } of pieces) {
    if (atMs - lastMs >= SIMULTANEOUS_MS) moments.push({ stdout: '', stderr: '' })
    lastMs = atMs
    const moment = moments.at(-1) as Moment
    moment[stream] += text
  }
  return moments
}

function consistsOf(text: string, moments: readonly Moment[]): boolean {
  let start = 0
  for (const { stdout, stderr } of moments) {
    const end = start + stdout.length + stderr.length
    if (!isMerged(text.slice(start, end), stdout, stderr)) return false
    start = end
  }
  return start === text.length
}

/** Whether a text consists of two others, each in its own order. */
function isMerged(text: string, first: string, second: string): boolean {
  if (text === first + second || text === second + first) return true
  if (text.length !== first.length + second.length || first.length * second.length > CELLS_MAX) return false
  let reached = new Uint8Array(second.length + 1)
  for (let taken = 0; taken <= first.length; taken++) {
    const row = new Uint8Array(second.length + 1)
    for (let other = 0; other <= second.length; other++) {
      const isStart = taken === 0 && other === 0
      const fromFirst = taken > 0 && reached[other] === 1 && first[taken - 1] === text[taken + other - 1]
      const fromSecond = other > 0 && row[other - 1] === 1 && second[other - 1] === text[taken + other - 1]
      row[other] = isStart || fromFirst || fromSecond ? 1 : 0
    }
    reached = row
  }
  return reached[second.length] === 1
}
