import { setTimeout as delay } from 'node:timers/promises'
import type { JsonValue } from '../../../src/contracts/json.ts'
import type { Candidate } from '../../measuring/interleave.ts'
import { parallelCalls } from '../bench-programs.ts'
import type { EngineRow } from '../engine-row.ts'
import { programCandidates } from './program-candidates.ts'

const TOOL_MS = 100
const QUEUED_CALLS = 1_000
const QUEUED_CAP = 32
const QUEUED_TOOL_MS = 10
const PLAIN_LOOP = 'plain loop on the host'

function slowTool(durationMs: number): () => Promise<JsonValue> {
  return () => delay(durationMs, { text: 'ok' })
}

const plainLoop: Candidate = {
  name: PLAIN_LOOP,
  sample: async () => {
    const call = slowTool(QUEUED_TOOL_MS)
    let left = QUEUED_CALLS
    const lane = async () => {
      while (left-- > 0) await call()
    }
    await Promise.all(Array.from({ length: QUEUED_CAP }, lane))
  },
}

/** Calls that take their time. */
export const OVERLAP_ROWS: readonly EngineRow[] = [
  {
    id: 'together',
    title: `ten calls of ${TOOL_MS} ms, together`,
    unit: 'ms',
    method: 'Ten calls under `Promise.all`, new text each time.',
    aims: [{ kind: 'at-most', max: 115 }],
    measure: context =>
      context.interleave(programCandidates(context, { ...parallelCalls(10), call: slowTool(TOOL_MS) })),
  },
  {
    id: 'queue',
    title: `${QUEUED_CALLS} calls of ${QUEUED_TOOL_MS} ms under a cap of ${QUEUED_CAP}`,
    unit: 'ms',
    method: `Ideal is what ${QUEUED_CAP} lanes of a plain loop take with the same timers. The other engines have no cap.`,
    contenders: ['scriptbench', 'run'],
    aims: [{ kind: 'ratio-at-most', to: PLAIN_LOOP, timesMax: 1.1 }],
    measure: context => {
      const program = {
        ...parallelCalls(QUEUED_CALLS),
        call: slowTool(QUEUED_TOOL_MS),
        concurrentCallsMax: QUEUED_CAP,
      }
      return context.interleave([...programCandidates(context, program), plainLoop])
    },
  },
]
