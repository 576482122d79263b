import { trimEnd } from '../rust-trim.ts'
import type { ChunkLine, PatchChunk, UpdateOperation } from './patch.ts'
import { END_OF_FILE, expectedContextMarker, MOVE_TO, NO_LINES_MESSAGE, unexpectedLine } from './patch-markers.ts'

/** Takes one line inside an update that is not a header. Returns the message of the error, if it is one. */
export function readUpdateLine(update: UpdateOperation, line: string): string | undefined {
  const bare = trimEnd(line)
  const last = update.chunks.at(-1)
  const opensChunk = bare === '@@' || bare.startsWith('@@ ')
  if (last?.isEndOfFile && !opensChunk) return bare === '' ? undefined : expectedContextMarker(line)
  if (!last && update.movePath === undefined && bare.startsWith(MOVE_TO)) {
    update.movePath = bare.slice(MOVE_TO.length)
    return undefined
  }
  if (opensChunk) {
    if (last && last.lines.length === 0) return unexpectedLine(line)
    const context = bare === '@@' ? {} : { context: bare.slice('@@ '.length) }
    update.chunks.push({ ...context, lines: [], isEndOfFile: false })
    return undefined
  }
  if (bare === END_OF_FILE) return endOfFile(last)
  const change = chunkLine(line)
  if (!change) return last && last.lines.length > 0 ? expectedContextMarker(line) : unexpectedLine(line)
  const chunk = last ?? { lines: [], isEndOfFile: false }
  if (!last) update.chunks.push(chunk)
  chunk.lines.push(change)
  return undefined
}

function endOfFile(chunk: PatchChunk | undefined): string | undefined {
  if (!chunk) return undefined
  if (chunk.lines.length === 0) return NO_LINES_MESSAGE
  chunk.isEndOfFile = true
  return undefined
}

/** A change line by its first character; an empty line is an empty context line. */
export function chunkLine(line: string): ChunkLine | undefined {
  if (line === '') return { kind: 'context', text: '' }
  const text = line.slice(1)
  if (line.startsWith(' ')) return { kind: 'context', text }
  if (line.startsWith('+')) return { kind: 'added', text }
  if (line.startsWith('-')) return { kind: 'removed', text }
  return undefined
}
