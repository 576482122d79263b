import type { Candidate } from '../../measuring/interleave.ts'
import { MEGABYTE_IN, MEGABYTE_OUT, parallelCalls, sequentialCalls } from '../bench-programs.ts'
import { openBareWorker } from '../contenders/bare-worker.ts'
import type { EngineRow, RowContext } from '../engine-row.ts'
import { programCandidates } from './program-candidates.ts'

const CALLS = 1_000
const MICROSECONDS_PER_CALL = 1_000 / CALLS
export const PING_PONG = 'bare worker, ping-pong'
const FLOOD = 'bare worker, all in parallel'
const perCall = { text: 'tool call', times: ({ calls }: { calls: number }) => calls }

function bareWorker(context: RowContext, name: string, kind: 'pingPong' | 'flood'): Candidate {
  const worker = openBareWorker()
  context.defer(() => worker.close())
  return { name, sample: async () => (await worker[kind](CALLS)) * MICROSECONDS_PER_CALL }
}

/** What crosses between a script and its host. */
export const CALL_ROWS: readonly EngineRow[] = [
  {
    id: 'call-sequential',
    title: 'tool call, one after the other',
    unit: 'µs',
    method: `A script that awaits ${CALLS} calls one after the other, divided by ${CALLS}. The floor sends a message of the same size to a worker that sends it back.`,
    aims: [
      { kind: 'faster', than: 'run', timesMin: 3 },
      { kind: 'ratio-at-most', to: PING_PONG, timesMax: 2 },
    ],
    perTrial: perCall,
    measure: context =>
      context.interleave([
        ...programCandidates(context, sequentialCalls(CALLS), { scale: MICROSECONDS_PER_CALL }),
        bareWorker(context, PING_PONG, 'pingPong'),
      ]),
  },
  {
    id: 'call-parallel',
    title: `tool call, ${CALLS} in parallel`,
    unit: 'µs',
    method: `A script that starts ${CALLS} calls and awaits them together, divided by ${CALLS}; without limits on calls in flight.`,
    aims: [
      { kind: 'faster', than: 'run', timesMin: 8 },
      { kind: 'ratio-at-most', to: PING_PONG, timesMax: 2 },
    ],
    perTrial: perCall,
    measure: context =>
      context.interleave([
        ...programCandidates(context, parallelCalls(CALLS), { scale: MICROSECONDS_PER_CALL }),
        bareWorker(context, PING_PONG, 'pingPong'),
        bareWorker(context, FLOOD, 'flood'),
      ]),
  },
  {
    id: 'json-in',
    title: '1 MB of JSON into a script',
    unit: 'ms',
    method: 'One call whose result is an array of 11 000 small objects; the script returns its length.',
    aims: [{ kind: 'faster', than: 'run', timesMin: 6 }],
    perTrial: { text: 'megabyte of results', times: ({ megabytesIn }) => megabytesIn },
    measure: context => context.interleave(programCandidates(context, MEGABYTE_IN)),
  },
  {
    id: 'json-out',
    title: '1 MB of JSON out of a script',
    unit: 'ms',
    method: 'The script makes an array of 11 000 small objects, which takes its own time, and returns it.',
    aims: [{ kind: 'faster', than: 'run', timesMin: 10 }],
    perTrial: { text: 'megabyte returned, were all that tools give returned', times: ({ megabytesIn }) => megabytesIn },
    measure: context => context.interleave(programCandidates(context, MEGABYTE_OUT)),
  },
]
