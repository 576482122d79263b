import { seededRandom } from '../../../src/base/random.ts'
import type { TrialMetrics } from '../../../src/metrics/trial-metrics.ts'
import type { ComparableRun } from '../../../src/report/comparison/comparable-run.ts'
import { type Baseline, baselineOf } from '../../../src/report/gate/baseline.ts'
import { type GatePolicy, gatePolicySchema } from '../../../src/report/gate/gate-policy.ts'
import type { GateCheck, GateResult } from '../../../src/report/gate/gate-result.ts'
import { gateRun } from '../../../src/report/gate/gate-run.ts'
import { type Facts, runOf, SCRIPT, trialOf } from '../../helpers/compared-run.ts'

export interface GateTrials {
  tasks?: number
  repeats?: number
  /** What to change of a trial, by the numbers of its task and repeat. */
  facts?: (task: number, repeat: number) => Facts
  seed?: string
}

export function taskName(index: number): string {
  return `t${String(index).padStart(2, '0')}`
}

/** One model in one mode: even tasks are always solved, odd ones never; turns vary a little. */
export function gateTrials({
  tasks = 80,
  repeats = 3,
  facts = () => ({}),
  seed = 'a',
}: GateTrials = {}): TrialMetrics[] {
  const random = seededRandom(seed)
  const indices = Array.from({ length: tasks }, (_, index) => index)
  return indices.flatMap(index =>
    Array.from({ length: repeats }, (_, repeat) =>
      trialOf({
        ...{ task: taskName(index), mode: SCRIPT, repeat, playerKind: 'api', model: 'openai/some' },
        outcome: index % 2 === 0 ? 'solved' : 'unsolved',
        turns: 6 + Math.floor(random() * 4),
        inputTokens: 5000 + Math.floor(random() * 1000),
        ...facts(index, repeat),
      }),
    ),
  )
}

export function gateRunOf(trials: TrialMetrics[], rest: Parameters<typeof runOf>[1] = {}): ComparableRun {
  const names = [...new Set(trials.map(trial => trial.task))]
  const tasks = Object.fromEntries(names.map(name => [name, { digest: `digest of ${name}` }]))
  return runOf(trials, { tasks, ...rest })
}

export function baselineFrom(trials: GateTrials = {}): Baseline {
  return baselineOf(gateRunOf(gateTrials({ seed: 'baseline', ...trials })))
}

export function policyOf(fields: Record<string, unknown> = {}): GatePolicy {
  return gatePolicySchema.parse(fields)
}

export const SOLVED_ONLY = { metrics: { solved: { margin: '5pp' } } }

/** The gate of these trials against that baseline. */
export function gated(
  trials: GateTrials = {},
  { baseline = baselineFrom(), policy = {} }: { baseline?: Baseline; policy?: Record<string, unknown> } = {},
): GateResult {
  return gateRun(gateRunOf(gateTrials(trials)), baseline, policyOf(policy))
}

export function checkOn(result: GateResult, metric: string): GateCheck {
  const found = result.checks.find(check => check.metric === metric)
  if (found === undefined) throw new Error(`no check on ${metric}`)
  return found
}
