import { NINE_CALLS, THREE_CALLS, TRIVIAL } from '../bench-programs.ts'
import { scriptbench } from '../contenders/scriptbench.ts'
import type { EngineRow } from '../engine-row.ts'
import { programCandidate, programCandidates } from './program-candidates.ts'

const perScript = { text: 'script', times: ({ scripts }: { scripts: number }) => scripts }

/** Whole scripts in engines that are up. */
export const SCRIPT_ROWS: readonly EngineRow[] = [
  {
    id: 'warm',
    title: 'warm isolated script, six tools to call',
    unit: 'ms',
    method:
      'A script of two lines that calls none of its six tools, with a new text each time, through the worker if the engine uses one. The line "text seen before" runs the same text every time, which saves stripping the types.',
    aims: [
      { kind: 'faster', than: 'run', timesMin: 15 },
      { kind: 'faster', than: '@sebastianwessel/quickjs', timesMin: 20 },
      { kind: 'faster', than: 'isolated-vm', timesMin: 3 },
    ],
    perTrial: perScript,
    measure: context => {
      const again = scriptbench({ name: 'scriptbench, text seen before' })
      const repeated = programCandidate(context, { contender: again, program: TRIVIAL, isRepeated: true })
      return context.interleave([...programCandidates(context, TRIVIAL), repeated], { samplesPerTurn: 10 })
    },
  },
  {
    id: 'small',
    title: 'small script: stripped of its types, three calls',
    unit: 'ms',
    method:
      'Five lines of TypeScript, a call and then two in parallel, small results. For engines that take only JavaScript, Node strips the types within the measured time.',
    aims: [
      { kind: 'faster', than: 'run', timesMin: 8 },
      { kind: 'faster', than: 'isolated-vm', timesMin: 1.5 },
    ],
    perTrial: perScript,
    measure: context => context.interleave(programCandidates(context, THREE_CALLS), { samplesPerTurn: 5 }),
  },
  {
    id: 'large',
    title: '59 lines of TypeScript, nine calls of 16 KB',
    unit: 'ms',
    method: 'Six files in parallel, a search, two more files; words counted and sorted in between.',
    aims: [
      { kind: 'faster', than: 'run', timesMin: 4 },
      { kind: 'faster', than: 'isolated-vm', timesMin: 0.85 },
    ],
    perTrial: perScript,
    measure: context => context.interleave(programCandidates(context, NINE_CALLS), { samplesPerTurn: 2 }),
  },
]
