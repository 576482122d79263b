import type { Result } from '../../contracts/result.ts'
import { createLineSeeker, type Seek } from './line-seeker.ts'
import { newLines, oldLines, type PatchChunk, type PatchProfile } from './patch.ts'

/** Where a chunk applies, in line indices of the untouched file. */
export interface LocatedChunk {
  chunk: PatchChunk
  index: number
  /** How many of the file's lines the chunk covers; 0 for a pure addition. */
  length: number
  replacement: string[]
}

export interface LocateRequest {
  lines: readonly string[]
  chunks: readonly PatchChunk[]
  /** As shown in messages. */
  path: string
  profile: PatchProfile
}

/** Finds every chunk, each after the one before it; pure additions come at the end. The error is upstream's text. */
export function locateChunks({ lines, chunks, path, profile }: LocateRequest): Result<LocatedChunk[], string> {
  const seek = createLineSeeker(lines, profile)
  const located: LocatedChunk[] = []
  let position = 0
  for (const chunk of chunks) {
    if (chunk.context !== undefined) {
      const found = seek({ pattern: [chunk.context], from: position, atEnd: false })
      if (found === undefined) return { ok: false, error: `Failed to find context '${chunk.context}' in ${path}` }
      position = found + 1
    }
    const old = oldLines(chunk)
    if (old.length === 0) {
      located.push({ chunk, index: additionIndex(lines, profile), length: 0, replacement: newLines(chunk) })
      continue
    }
    const place = placeOf(seek, chunk, position)
    if (!place) return { ok: false, error: `Failed to find expected lines in ${path}:\n${old.join('\n')}` }
    located.push(place)
    position = place.index + place.length
  }
  return { ok: true, value: located }
}

function additionIndex(lines: readonly string[], profile: PatchProfile): number {
  return profile === '0.55' && lines.at(-1) === '' ? lines.length - 1 : lines.length
}

/** A last empty line of the pattern can mean the file's final newline, so it is also tried without. */
function placeOf(
  seek: (request: Seek) => number | undefined,
  chunk: PatchChunk,
  from: number,
): LocatedChunk | undefined {
  let old = oldLines(chunk)
  let replacement = newLines(chunk)
  let index = seek({ pattern: old, from, atEnd: chunk.isEndOfFile })
  if (index === undefined && old.at(-1) === '') {
    old = old.slice(0, -1)
    if (replacement.at(-1) === '') replacement = replacement.slice(0, -1)
    index = seek({ pattern: old, from, atEnd: chunk.isEndOfFile })
  }
  return index === undefined ? undefined : { chunk, index, length: old.length, replacement }
}
