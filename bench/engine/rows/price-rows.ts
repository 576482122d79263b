import type { ScriptEngine } from '../../../src/contracts/script.ts'
import { createScriptEngine } from '../../../src/script-engine/create-script-engine.ts'
import { createTypeChecker } from '../../../src/type-check/create-type-checker.ts'
import type { Candidate } from '../../measuring/interleave.ts'
import type { Measured } from '../../measuring/row.ts'
import { anew, MEGABYTE_IN, NINE_CALLS, sequentialCalls } from '../bench-programs.ts'
import { BENCH_TOOLS } from '../bench-tools.ts'
import type { Program } from '../contender.ts'
import { type ScriptbenchOptions, scriptbench, scriptRequest } from '../contenders/scriptbench.ts'
import type { EngineRow, RowContext } from '../engine-row.ts'
import { programCandidate } from './program-candidates.ts'

const CALLS = 1_000
const LINES = 20
const MICROSECONDS = 1_000

/** The engine itself, for what only its outcome contains. */
function openEngine(context: RowContext): ScriptEngine {
  const engine = createScriptEngine()
  context.defer(() => engine.close())
  return engine
}

/** The milliseconds with a feature less those without it, pair by pair, as samples of `scriptbench`. */
async function difference(
  context: RowContext,
  pair: { with: Candidate; without: Candidate },
  scale: number,
): Promise<Measured> {
  const time = async (candidate: Candidate, number: number) => {
    const startedMs = performance.now()
    return (await candidate.sample(number)) ?? performance.now() - startedMs
  }
  let isFirst = false
  const both: Candidate = {
    name: 'scriptbench',
    sample: async number => {
      isFirst = !isFirst
      const [first, second] = isFirst ? [pair.with, pair.without] : [pair.without, pair.with]
      const times = [await time(first, number * 2), await time(second, number * 2 + 1)] as const
      return (isFirst ? times[0] - times[1] : times[1] - times[0]) * scale
    },
  }
  return context.interleave([both], { samplesPerTurn: 2 })
}

interface PriceInput {
  program: Program
  /** Switches the feature on. */
  options: ScriptbenchOptions
  scale: number
}

function price(context: RowContext, { program, options, scale }: PriceInput): Promise<Measured> {
  const pair = {
    with: programCandidate(context, { contender: scriptbench({ ...options, name: 'with it' }), program }),
    without: programCandidate(context, { contender: scriptbench({ name: 'without it' }), program }),
  }
  return difference(context, pair, scale)
}

const printing: Program = {
  source: Array.from({ length: LINES }, (_, line) => `console.log('line', { line: ${line} })`).join('\n'),
}

/** What parts of this engine cost that its peers do not have. */
export const PRICE_ROWS: readonly EngineRow[] = [
  {
    id: 'freeze',
    title: 'price of deep-frozen results, 1 MB',
    unit: 'ms',
    method: '`timings.freezeMs` of the script that is given 1 MB of JSON. No peer freezes results.',
    contenders: ['scriptbench'],
    perTrial: { text: 'megabyte of results', times: ({ megabytesIn }) => megabytesIn },
    measure: context => {
      const engine = openEngine(context)
      const sample = async (number: number) =>
        (await engine.run(scriptRequest(anew(MEGABYTE_IN, number)))).timings.freezeMs
      return context.interleave([{ name: 'scriptbench', sample }])
    },
  },
  {
    id: 'type-check',
    title: 'type check of 59 lines, warm',
    unit: 'ms',
    method: 'The checker’s process is already running; the program has a new text each time. No peer checks types.',
    contenders: ['scriptbench'],
    aims: [{ kind: 'at-most', max: 50 }],
    perTrial: { text: 'script, if it is on', times: ({ scripts }) => scripts },
    measure: context => {
      const checker = createTypeChecker()
      context.defer(() => checker.close())
      const declarations = openEngine(context).declare(BENCH_TOOLS)
      const sample = async (number: number) => {
        const check = await checker.check(anew(NINE_CALLS, number).source, declarations)
        if (check.kind === 'unavailable') throw new Error(check.message)
      }
      return context.interleave([{ name: 'scriptbench', sample }])
    },
  },
  {
    id: 'record',
    title: 'price of a recording',
    unit: 'ms',
    method:
      'The script of 59 lines and nine calls, with `record: true` minus without, in pairs. The ledger of calls is always kept and part of every row.',
    contenders: ['scriptbench'],
    perTrial: { text: 'script', times: ({ scripts }) => scripts },
    measure: context => price(context, { program: NINE_CALLS, options: { record: true }, scale: 1 }),
  },
  {
    id: 'approvals',
    title: 'price of an approval given immediately',
    unit: 'µs',
    method: `${CALLS} calls one after the other that each wait for an approval, minus ${CALLS} that do not, divided by ${CALLS}, in pairs.`,
    contenders: ['scriptbench'],
    perTrial: { text: 'tool call', times: ({ calls }) => calls },
    measure: context =>
      price(context, { program: sequentialCalls(CALLS), options: { approvals: true }, scale: MICROSECONDS / CALLS }),
  },
  {
    id: 'console',
    title: 'price of a printed line',
    unit: 'µs',
    method: `A script that prints ${LINES} lines with an object each, minus an empty one, divided by ${LINES}, in pairs. \`run\` prints to the host's own output, the other engines have no console of their own.`,
    contenders: ['scriptbench'],
    perTrial: { text: 'script that prints 20 lines', times: ({ scripts }) => scripts * LINES },
    measure: context =>
      difference(
        context,
        {
          with: programCandidate(context, { contender: scriptbench(), program: printing }),
          without: programCandidate(context, { contender: scriptbench(), program: { source: '' } }),
        },
        MICROSECONDS / LINES,
      ),
  },
]
