import type { ContenderName } from '../contender.ts'
import type { EngineRow } from '../engine-row.ts'

const SAMPLES_MAX = 30
const leakSamples = (repetitions: number) => (repetitions < 30 ? 1 : 2)
const MEMORY_SAMPLES = 5

/** What can only be measured in a fresh process. */
export const PROCESS_ROWS: readonly EngineRow[] = [
  {
    id: 'cold',
    title: 'cold: from the import to the first result',
    unit: 'ms',
    method:
      'A fresh process for each sample, the contenders taking turns: import of the engine, start of its worker if it has one, a script of two lines. Node itself is already running, without a compile cache.',
    aims: [{ kind: 'faster', than: 'run', timesMin: 2.5 }],
    perTrial: { text: 'process, if each trial started one', times: () => 1 },
    measure: context => context.inFreshProcess('cold', Math.min(SAMPLES_MAX, context.repetitions)),
  },
  {
    id: 'memory-waiting',
    title: 'resident memory of a script that waits for a tool',
    unit: 'MB',
    method:
      'A fresh process: the memory of ten waiting scripts minus that of two, divided by eight; after a garbage collection.',
    measure: context => context.inFreshProcess('memory-waiting', Math.min(MEMORY_SAMPLES, context.repetitions)),
  },
  {
    id: 'memory-idle',
    title: 'resident memory of an idle worker',
    unit: 'MB',
    method:
      'The same after all of them have ended: what is kept for the next scripts. Relevant for engines that keep workers.',
    contenders: ['scriptbench', 'run'] satisfies ContenderName[],
    measure: context => context.inFreshProcess('memory-idle', Math.min(MEMORY_SAMPLES, context.repetitions)),
  },
  {
    id: 'leak',
    title: 'resident memory that a script leaves behind',
    unit: 'KB',
    method:
      'A fresh process: growth of the resident memory per script after a warm-up of 20 000 scripts or 15 s, over 10 000 scripts or 8 s. Engines that run fewer have not finished warming up, so part of their growth is warm-up. Two lines with a call; garbage is collected in the main thread before each measurement.',
    aims: [{ kind: 'at-most', max: 0.5 }],
    measure: context => context.inFreshProcess('leak', leakSamples(context.repetitions)),
  },
]
