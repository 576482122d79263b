import type { Result } from '../../contracts/result.ts'
import { trim } from '../rust-trim.ts'
import type { ParsedPatch, PatchChunk, PatchOperation, PatchParseError } from './patch.ts'
import {
  ADD_FILE,
  DELETE_FILE,
  END_OF_FILE,
  emptyUpdate,
  expectedContextMarker,
  invalidHeader,
  MOVE_TO,
  NO_LINES_MESSAGE,
  UPDATE_FILE,
  unexpectedLine,
} from './patch-markers.ts'
import { chunkLine } from './read-update-line.ts'

/** What was read, and the index of the first line after it. */
interface Read<T> {
  value: T
  next: number
}
type ReadResult<T> = Result<Read<T>, PatchParseError>

/** The recursive-descent parser of 0.55. `framed` runs from the Begin line to the End line. */
export function parseHunks055(framed: readonly string[]): Result<ParsedPatch, PatchParseError> {
  const lines = framed.slice(0, -1)
  const operations: PatchOperation[] = []
  let index = 1
  while (index < lines.length) {
    const read = readOperation(lines, index)
    if (!read.ok) return read
    operations.push(read.value.value)
    index = read.value.next
  }
  return { ok: true, value: { operations } }
}

function readOperation(lines: readonly string[], index: number): ReadResult<PatchOperation> {
  const header = trim(lines[index] as string)
  if (header.startsWith(ADD_FILE)) return readAdd(lines, index, header.slice(ADD_FILE.length))
  if (header.startsWith(DELETE_FILE)) {
    return { ok: true, value: { value: { kind: 'delete', path: header.slice(DELETE_FILE.length) }, next: index + 1 } }
  }
  if (header.startsWith(UPDATE_FILE)) return readUpdate(lines, index, header.slice(UPDATE_FILE.length))
  return failure(invalidHeader(header), index)
}

function readAdd(lines: readonly string[], index: number, path: string): ReadResult<PatchOperation> {
  let next = index + 1
  let content = ''
  while (lines[next]?.startsWith('+')) content += `${(lines[next++] as string).slice(1)}\n`
  return { ok: true, value: { value: { kind: 'add', path, content }, next } }
}

function readUpdate(lines: readonly string[], index: number, path: string): ReadResult<PatchOperation> {
  let next = index + 1
  const isMove = lines[next]?.startsWith(MOVE_TO) ?? false
  const move = isMove ? { movePath: (lines[next++] as string).slice(MOVE_TO.length) } : {}
  const chunks: PatchChunk[] = []
  while (next < lines.length) {
    const line = lines[next] as string
    if (trim(line) === '') {
      next++
      continue
    }
    if (line.startsWith('***')) break
    const chunk = readChunk(lines, next, chunks.length === 0)
    if (!chunk.ok) return chunk
    chunks.push(chunk.value.value)
    next = chunk.value.next
  }
  if (chunks.length === 0) return failure(emptyUpdate(path), index)
  return { ok: true, value: { value: { kind: 'update', path, ...move, chunks }, next } }
}

function readChunk(lines: readonly string[], index: number, isFirst: boolean): ReadResult<PatchChunk> {
  const opening = lines[index] as string
  const hasMarker = opening === '@@' || opening.startsWith('@@ ')
  if (!hasMarker && !isFirst) return failure(expectedContextMarker(opening), index)
  const context = opening.startsWith('@@ ') ? { context: opening.slice('@@ '.length) } : {}
  const chunk: PatchChunk = { ...context, lines: [], isEndOfFile: false }
  let next = hasMarker ? index + 1 : index
  if (next >= lines.length) return failure(NO_LINES_MESSAGE, index + 1)
  for (; next < lines.length; next++) {
    const line = lines[next] as string
    const isEmpty = chunk.lines.length === 0
    if (line === END_OF_FILE) {
      if (isEmpty) return failure(NO_LINES_MESSAGE, index + 1)
      return { ok: true, value: { value: { ...chunk, isEndOfFile: true }, next: next + 1 } }
    }
    const change = chunkLine(line)
    if (!change && isEmpty) return failure(unexpectedLine(line), index + 1)
    if (!change) break
    chunk.lines.push(change)
  }
  return { ok: true, value: { value: chunk, next } }
}

function failure(message: string, index: number): { ok: false; error: PatchParseError } {
  return { ok: false, error: { message, line: index + 1 } }
}
