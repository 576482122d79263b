import type { ToolContext } from '../../contracts/tool.ts'

type Stream = 'stdout' | 'stderr'

/** As Codex reads its pipes and announces what it read. */
const DELTA_BYTES_MAX = 8192
const DELTAS_MAX = 10_000

/** Passes a command's output on while it runs: the first 10 000 pieces of each stream, of at most 8 KiB. */
export function createOutputDeltas(progress: ToolContext['progress']): (stream: Stream, chunk: Uint8Array) => void {
  const left = { stdout: DELTAS_MAX, stderr: DELTAS_MAX }
  return (stream, chunk) => {
    for (let start = 0; start < chunk.length && left[stream] > 0; start += DELTA_BYTES_MAX) {
      left[stream]--
      progress?.({ type: 'output', stream, chunk: chunk.subarray(start, start + DELTA_BYTES_MAX) })
    }
  }
}
