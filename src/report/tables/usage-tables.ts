import { amountText, durationText, meanText, shareText, UNKNOWN } from '../../base/number-text.ts'
import { type Cell, cell, end, start, type Table } from '../../base/table.ts'
import type { ComparisonScope } from '../comparison/comparison.ts'
import { type SpreadMetric, TURN_BINS, type TurnBin } from '../document/details/details.ts'
import type { Scope } from '../document/report.ts'
import type { ScopeView } from '../document/report-document.ts'
import { bytesCell, countCell, tokensCell } from './arm-cells.ts'

/** Where tokens and bytes went. */
export function tokenTable(scope: Scope): Table {
  return {
    id: 'tokens',
    title: 'Tokens and bytes',
    notes: [
      'Means per scored trial. A bucket is – when the endpoint does not report it. Bytes from tools reached the model or a script; bytes into context are what the model was shown.',
    ],
    columns: [
      start('Arm'),
      end('Fresh input'),
      end('Cache read'),
      end('Cache written'),
      end('Output tokens'),
      end('of which reasoning'),
      end('Bytes from tools'),
      end('Bytes into context'),
      end('Prompt distance', 'the largest of each trial, in estimated tokens'),
      end('Calls in flight', 'the largest number at one moment'),
    ],
    rows: scope.arms.map(arm => [
      cell(arm.label),
      tokensCell(arm, 'inputTokensFresh'),
      tokensCell(arm, 'cacheReadTokens'),
      tokensCell(arm, 'cacheWriteTokens'),
      tokensCell(arm, 'outputTokens'),
      tokensCell(arm, 'reasoningTokens'),
      bytesCell(arm, 'bytesFromTools'),
      bytesCell(arm, 'bytesIntoContext'),
      bytesCell(arm, 'promptDistanceTokensMax'),
      countCell(arm, 'maxInFlight'),
    ]),
  }
}

/** Medians and 95th percentiles: what is usual, and what a person should be ready for. */
export function spreadTable({ details }: Pick<ScopeView, 'details'>): Table {
  return {
    id: 'spreads',
    title: 'Turns, tokens and time',
    notes: ['Of scored trials: half of them used at most p50, 95 % at most p95. Time is how long a person would wait.'],
    columns: [
      start('Arm'),
      end('Trials'),
      end('Turns p50'),
      end('p95'),
      end('Tokens p50'),
      end('p95 '),
      end('Wall time p50'),
      end('p95  '),
    ],
    rows: details.arms.map(({ label, spreads }) => [
      cell(label),
      cell(String(spreads.turns?.n ?? 0)),
      ...pair(spreads, 'turns', meanText),
      ...pair(spreads, 'tokens', amountText),
      ...pair(spreads, 'wallMs', durationText),
    ]),
  }
}

function pair(
  spreads: ScopeView['details']['arms'][number]['spreads'],
  metric: SpreadMetric,
  textOf: (value: number | undefined) => string,
): Cell[] {
  const spread = spreads[metric]
  return spread === undefined ? [cell(UNKNOWN), cell(UNKNOWN)] : [cell(textOf(spread.p50)), cell(textOf(spread.p95))]
}

/** The turns of a bin: `1`, `3–4`, `65+`. */
export const BIN_NAMES: readonly string[] = TURN_BINS.map((first, index) => {
  const next = TURN_BINS[index + 1]
  if (next === undefined) return `${first}+`
  return next - first === 1 ? String(first) : `${first}–${next - 1}`
})

/** The bins that any arm got to. */
export function reachedBins({ details }: Pick<ScopeView, 'details'>): number[] {
  const last = Math.max(-1, ...details.arms.map(({ turns }) => turns.findLastIndex(bin => bin.requests > 0)))
  return Array.from({ length: last + 1 }, (_, index) => index)
}

/** How far away the prompt gets, and whether its clauses are still kept. */
export function turnTable(view: Pick<ScopeView, 'details'>): Table {
  const bins = reachedBins(view)
  const rowsOf = (title: string, cellOf: (bin: TurnBin) => Cell) =>
    view.details.arms.map(({ label, turns }) => [
      cell(title),
      cell(label),
      ...bins.map(index => cellOf(turns[index] as TurnBin)),
    ])
  return {
    id: 'turns',
    title: 'Over the turns',
    notes: [
      'Prompt distance: mean tokens from the newest copy of the user’s prompt to where the model continues; a check that reinjection worked, not an outcome. Clauses kept: of the clauses checked at steps that ended in these turns; longer trials are harder ones.',
    ],
    columns: [start('Measure'), start('Arm'), ...bins.map(index => end(`Turn ${BIN_NAMES[index]}`))],
    rows: [
      ...rowsOf('Prompt distance', bin => cell(amountText(bin.promptDistanceTokens))),
      ...rowsOf('Clauses kept', ({ clausesKept, clausesTotal }) =>
        cell(clausesTotal === 0 ? UNKNOWN : `${shareText(clausesKept / clausesTotal)} of ${clausesTotal}`),
      ),
    ],
    isGrouped: true,
  }
}
const USE_COLUMNS = [
  ['turns', 'Turns', meanText],
  ['repairTurns', 'Repair turns per trial', meanText],
  ['toolCalls', 'Tool calls', meanText],
  ['parallelWidth', 'Calls in flight', meanText],
  ['inputTokens', 'Input tokens', amountText],
  ['outputTokens', 'Output tokens', amountText],
  ['reasoningTokens', 'of which reasoning', amountText],
  ['toolDefinitionTokens', 'Tool definitions', amountText],
  ['reinjectedTokens', 'Reinjected', amountText],
  ['repairTokens', 'Repair tokens per trial', amountText],
  ['bytesFromTools', 'Bytes from tools', amountText],
  ['bytesIntoContext', 'Bytes into context', amountText],
] as const

export function usesTable({ uses }: ComparisonScope): Table {
  const known = USE_COLUMNS.filter(([key]) => uses.some(use => use[key] !== undefined))
  return {
    id: 'uses',
    title: 'Where turns and tokens went',
    notes: [
      'Means per scored trial. Bytes kept out of the context are those from tools minus those into it; tool definitions count once per request.',
    ],
    columns: [start('Arm'), ...known.map(([, title]) => end(title))],
    rows:
      known.length === 0 ? [] : uses.map(use => [cell(use.arm), ...known.map(([key, , text]) => cell(text(use[key])))]),
  }
}
