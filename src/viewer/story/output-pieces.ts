import { asObject, asText, parsedJson } from '../../base/json-fields.ts'
import type { OutputTrace, ToolCallRecord } from '../../contracts/tool.ts'
import type { CallResult } from './call-results.ts'

export interface OutputPiece {
  stream: 'stdout' | 'stderr'
  /** From the call's start. */
  atMs: number
  text: string
}

/** A command's output: cut into the pieces in which it came, or whole where the log does not separate them. */
export type ExecOutput =
  | { kind: 'pieces'; pieces: OutputPiece[] }
  | { kind: 'streams'; stdout: string; stderr: string; why: string }
  | { kind: 'whole'; text: string; why: string }

/** How the output of a command came; nothing for other tools and where the log has no result. */
export function execOutput(call: ToolCallRecord, result: CallResult | undefined): ExecOutput | undefined {
  if (call.tool !== 'exec' || result === undefined) return undefined
  if (result.kind === 'text') return wholeOutput(bodyOf(result.text), call.facts.output)
  const { aggregatedOutput, stdout, stderr } = asObject(parsedJson(result.json))
  if (typeof aggregatedOutput !== 'string') return undefined
  const cut = piecesOf(aggregatedOutput, call.facts.output)
  if (cut !== undefined) return { kind: 'pieces', pieces: cut }
  return { kind: 'streams', stdout: asText(stdout), stderr: asText(stderr), why: WHY }
}

const WHY = 'The log has the times of the pieces, but they do not add up to this text, so it is shown in one piece.'

function wholeOutput(text: string, trace: OutputTrace | undefined): ExecOutput {
  const cut = piecesOf(text, trace)
  return cut === undefined ? { kind: 'whole', text, why: WHY } : { kind: 'pieces', pieces: cut }
}

/** What follows the head lines of a command's result. */
function bodyOf(text: string): string {
  const start = text.indexOf('Output:\n')
  return start === -1 ? text : text.slice(start + 'Output:\n'.length)
}

/** The text cut at the pieces' lengths; nothing unless these add up to the whole text. */
function piecesOf(text: string, trace: OutputTrace | undefined): OutputPiece[] | undefined {
  const kept = Array.isArray(trace?.first) ? trace.first : []
  const bytes = Buffer.from(text)
  const total = kept.reduce((sum, piece) => sum + piece.bytes, 0)
  if (total !== bytes.length) return undefined
  let start = 0
  return kept.map(({ stream, atMs, bytes: length }) => {
    const piece = { stream, atMs, text: bytes.toString('utf8', start, start + length) }
    start += length
    return piece
  })
}
