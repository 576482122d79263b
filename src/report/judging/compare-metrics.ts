import type { TrialMetrics } from '../../metrics/trial-metrics.ts'
import type { Better } from '../../statistics/hypotheses/equivalence.ts'
import type { Observed } from './observed.ts'

/**
 * How the trials of one task in one arm become one figure. `share`: their mean. `amount`: the mean of their logarithms,
 * compared as a ratio. `rate`: events by occasions, over all of them. `quotient`: a ratio of totals over tasks.
 */
type MetricKind =
  | { kind: 'share'; value(trial: Observed): number | undefined }
  | { kind: 'amount'; value(trial: Observed): number | undefined }
  | { kind: 'rate'; above(trial: Observed): number | undefined; below(trial: Observed): number | undefined }
  | { kind: 'quotient'; above(trial: Observed): number | undefined; below(trial: Observed): number | undefined }

export interface CompareMetric {
  key: string
  /** As the heading of a column. */
  label: string
  /** As in "used 0.72 × the … of". */
  noun: string
  scale: 'difference' | 'ratio'
  better: Better
  unit: 'share' | 'count' | 'tokens' | 'USD' | 'ms' | 'events per occasion'
  /** Less of it is only better where solved is not worse: giving up is cheap. */
  needsSolvedGate: boolean
  /** Part of the confirmatory family on the primary contrast. */
  isConfirmatory: boolean
  measure: MetricKind
}

type Fact = {
  [Key in keyof TrialMetrics]-?: TrialMetrics[Key] extends number | undefined ? Key : never
}[keyof TrialMetrics]

const fact = (key: Fact) => (trial: Observed) => trial.facts[key]
const solved = (trial: Observed) => trial.score

function amount(
  key: Fact,
  label: string,
  noun: string,
  rest: Pick<CompareMetric, 'unit' | 'isConfirmatory'>,
): CompareMetric {
  const measure = { kind: 'amount', value: fact(key) } as const
  return { key, label, noun, scale: 'ratio', better: 'lower', needsSolvedGate: true, ...rest, measure }
}

function rate(key: string, label: string, above: Fact, below: Fact): CompareMetric {
  return {
    ...{ key, label, noun: label.toLowerCase(), scale: 'difference', better: 'lower' },
    ...{ unit: 'events per occasion', needsSolvedGate: false, isConfirmatory: false },
    measure: { kind: 'rate', above: fact(above), below: fact(below) },
  }
}

function clausesShare({ facts: { clausesKept, clausesTotal } }: Observed): number | undefined {
  return clausesKept === undefined || !clausesTotal ? undefined : clausesKept / clausesTotal
}

const SHARE = { scale: 'difference', better: 'higher', unit: 'share', needsSolvedGate: false } as const

/** Everything that two arms are compared by, in the order of the documents. */
export const COMPARE_METRICS: readonly CompareMetric[] = [
  {
    ...{ key: 'solved', label: 'Solved', noun: 'tasks solved', ...SHARE, isConfirmatory: true },
    measure: { kind: 'share', value: solved },
  },
  {
    ...{ key: 'clauses', label: 'Clauses kept', noun: 'clauses kept', ...SHARE, isConfirmatory: false },
    measure: { kind: 'share', value: clausesShare },
  },
  amount('turns', 'Turns', 'turns', { unit: 'count', isConfirmatory: true }),
  amount('toolCalls', 'Tool calls', 'tool calls', { unit: 'count', isConfirmatory: false }),
  amount('inputTokens', 'Input tokens', 'input tokens', { unit: 'tokens', isConfirmatory: true }),
  amount('outputTokens', 'Output tokens', 'output tokens', { unit: 'tokens', isConfirmatory: false }),
  amount('costUsd', 'Cost', 'cost', { unit: 'USD', isConfirmatory: true }),
  {
    ...{ key: 'costPerSolved', label: 'Cost per solved task', noun: 'cost per solved task' },
    ...{ scale: 'ratio', better: 'lower', unit: 'USD', needsSolvedGate: true, isConfirmatory: false },
    measure: { kind: 'quotient', above: fact('costUsd'), below: solved },
  },
  amount('workingMs', 'Working time', 'working time', { unit: 'ms', isConfirmatory: false }),
  rate('protocolErrorRate', 'Protocol errors per turn', 'errorsProtocol', 'turns'),
  rate('scriptFailureRate', 'Failed scripts per script', 'scriptFailures', 'scripts'),
  rate('toolErrorRate', 'Failed calls per tool call', 'errorsTool', 'toolCalls'),
  rate('providerErrorRate', 'Provider errors per request', 'errorsProvider', 'requests'),
]

export function compareMetric(key: string): CompareMetric | undefined {
  return COMPARE_METRICS.find(metric => metric.key === key)
}
