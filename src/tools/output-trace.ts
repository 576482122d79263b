import type { OutputTrace, ToolCallFacts, ToolProgress } from '../contracts/tool.ts'

/** Output pieces kept in a call's record; all are counted. */
const KEPT_MAX = 100

/** The facts of a call with one more piece of its output. */
export function traceOutput(facts: ToolCallFacts, progress: ToolProgress, atMs: number): ToolCallFacts {
  if (progress.type !== 'output') return facts
  const { stream, chunk } = progress
  const { deltas, first }: OutputTrace = facts.output ?? { deltas: { stdout: 0, stderr: 0 }, first: [] }
  if (first.length < KEPT_MAX) first.push({ stream, atMs: Math.round(atMs), bytes: chunk.length })
  return { ...facts, output: { deltas: { ...deltas, [stream]: deltas[stream] + 1 }, first } }
}
