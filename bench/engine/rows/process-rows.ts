import type { ContenderName } from '../contender.ts'
import type { EngineRow } from '../engine-row.ts'

const SAMPLES_MAX = 30
const leakSamples = (repetitions: number) => (repetitions < 30 ? 1 : 2)
const MEMORY_SAMPLES = 5

/** What only a fresh process can tell. */
export const PROCESS_ROWS: readonly EngineRow[] = [
  {
    id: 'cold',
    title: 'cold: from the import to the first result',
    unit: 'ms',
    method:
      'A fresh process for each sample, the contenders in turns: import of the engine, start of its worker where it has one, a script of two lines. Node itself is up already, and no compile cache is used.',
    aims: [{ kind: 'faster', than: 'run', timesMin: 2.5 }],
    perTrial: { text: 'process, were it one a trial', times: () => 1 },
    measure: context => context.inFreshProcess('cold', Math.min(SAMPLES_MAX, context.repetitions)),
  },
  {
    id: 'memory-waiting',
    title: 'resident memory of a script that waits for a tool',
    unit: 'MB',
    method: 'A fresh process: what ten waiting scripts take beyond two, over eight; after a garbage collection.',
    measure: context => context.inFreshProcess('memory-waiting', Math.min(MEMORY_SAMPLES, context.repetitions)),
  },
  {
    id: 'memory-idle',
    title: 'resident memory of an idle worker',
    unit: 'MB',
    method:
      'The same when all of them have ended: what is kept for the next scripts. Of interest for engines that keep workers.',
    contenders: ['scriptbench', 'run'] satisfies ContenderName[],
    measure: context => context.inFreshProcess('memory-idle', Math.min(MEMORY_SAMPLES, context.repetitions)),
  },
  {
    id: 'leak',
    title: 'resident memory that a script leaves behind',
    unit: 'KB',
    method:
      'A fresh process: growth of the resident memory over the scripts after a warm-up, over their number: 20 000 and 10 000 scripts, or as many as run in 15 s and 8 s: engines that run fewer have not reached their level by then, so part of theirs is warm-up. Two lines with a call; garbage is collected in the main thread before each look.',
    aims: [{ kind: 'at-most', max: 0.5 }],
    measure: context => context.inFreshProcess('leak', leakSamples(context.repetitions)),
  },
]
