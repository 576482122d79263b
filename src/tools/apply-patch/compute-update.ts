import type { Result } from '../../contracts/result.ts'
import { type LocatedChunk, locateChunks } from './locate-chunks.ts'
import type { PatchChunk, PatchProfile } from './patch.ts'

export interface UpdateRequest {
  /** The file's content. */
  text: string
  chunks: readonly PatchChunk[]
  /** As shown in messages. */
  path: string
  profile?: PatchProfile
}

/** A file's text and the chunks of an update → the new text, or upstream's message. Pure; never throws. */
export function computeUpdate({ text, chunks, path, profile = '0.169' }: UpdateRequest): Result<string, string> {
  return profile === '0.169' ? preservingUpdate(text, chunks, path) : rewritingUpdate(text, chunks, path)
}

interface FileLine {
  text: string
  /** `\n`, `\r\n`, `\r`, or empty on a last line without one. */
  ending: string
}

/** 0.169: untouched and context lines stay byte for byte; added lines take the file's first ending. */
function preservingUpdate(text: string, chunks: readonly PatchChunk[], path: string): Result<string, string> {
  const lines = splitLines(text)
  const located = locateChunks({ lines: lines.map(line => line.text), chunks, path, profile: '0.169' })
  if (!located.ok) return located
  const ending = lines[0]?.ending || '\n'
  const result = spliceAll(
    lines,
    located.value.flatMap(runsBetweenContext).map(run => ({
      ...run,
      replacement: run.replacement.map(added => ({ text: added, ending })),
    })),
  )
  return { ok: true, value: result.map(line => line.text + (line.ending || ending)).join('') }
}

function splitLines(text: string): FileLine[] {
  const lines: FileLine[] = []
  for (const match of text.matchAll(/([^\r\n]*)(\r\n|\r|\n|$)/g)) {
    if (match[0] !== '') lines.push({ text: match[1] as string, ending: match[2] as string })
  }
  return lines
}

/** 0.55: split at `\n` only, the matched range re-spelled from the patch, always a final newline. */
function rewritingUpdate(text: string, chunks: readonly PatchChunk[], path: string): Result<string, string> {
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  const located = locateChunks({ lines, chunks, path, profile: '0.55' })
  if (!located.ok) return located
  const result = spliceAll(lines, located.value)
  if (result.at(-1) !== '') result.push('')
  return { ok: true, value: result.join('\n') }
}

interface Replacement<Line> {
  index: number
  length: number
  replacement: Line[]
}

/**
 * By place, and at the same place in the patch's order. Built from the end, so that indices stay true and an overlap
 * eats into what an earlier step put there.
 */
function spliceAll<Line>(lines: readonly Line[], replacements: readonly Replacement<Line>[]): Line[] {
  const reversed: Line[] = []
  let cut = lines.length
  const inOrder = replacements.toSorted((left, right) => left.index - right.index)
  for (const { index, length, replacement } of inOrder.reverse()) {
    const after = index + length
    for (let line = cut - 1; line >= after; line--) reversed.push(lines[line] as Line)
    for (let eaten = cut; eaten < after; eaten++) reversed.pop()
    for (const line of replacement.toReversed()) reversed.push(line)
    cut = index
  }
  for (let line = cut - 1; line >= 0; line--) reversed.push(lines[line] as Line)
  return reversed.reverse()
}

/** One replacement for each run of changed lines; the context lines between them are not touched. */
function runsBetweenContext({ chunk, index, length, replacement }: LocatedChunk): Replacement<string>[] {
  const runs: Replacement<string>[] = []
  let oldStart = 0
  let newStart = 0
  const close = (oldEnd: number, newEnd: number) => {
    if (oldEnd > oldStart || newEnd > newStart) {
      runs.push({
        index: index + oldStart,
        length: oldEnd - oldStart,
        replacement: replacement.slice(newStart, newEnd),
      })
    }
  }
  let oldIndex = 0
  let newIndex = 0
  for (const { kind } of chunk.lines) {
    if (kind === 'context' && oldIndex < length && newIndex < replacement.length) {
      close(oldIndex, newIndex)
      oldStart = oldIndex + 1
      newStart = newIndex + 1
    }
    if (kind !== 'added') oldIndex++
    if (kind !== 'removed') newIndex++
  }
  close(length, replacement.length)
  return runs
}
