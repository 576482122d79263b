import { EXIT } from '../../contracts/exit-codes.ts'
import type { Better } from '../../statistics/hypotheses/equivalence.ts'
import type { GateMetric, GatePolicy } from './gate-policy.ts'

/** Raised whenever a reader of the gate's JSON would have to change. */
export const GATE_VERSION = 1

export const GATE_STATUSES = ['pass', 'regression', 'inconclusive', 'infrastructure', 'nothing-ran'] as const
export type GateStatus = (typeof GATE_STATUSES)[number]

export const GATE_EXIT: Record<GateStatus, number> = {
  pass: EXIT.done,
  regression: EXIT.regression,
  inconclusive: EXIT.inconclusive,
  infrastructure: EXIT.failed,
  'nothing-ran': EXIT.nothingRan,
}

export const CHECK_OUTCOMES = ['pass', 'regression', 'inconclusive'] as const
export type CheckOutcome = (typeof CHECK_OUTCOMES)[number]

/** Why a check could not decide. */
export const OPEN_REASONS = [
  'margin',
  'underpowered',
  'too-little-data',
  'lost-trials',
  'few-tasks',
  'missing',
] as const
export type OpenReason = (typeof OPEN_REASONS)[number]

/** One metric of one arm and model, run against baseline. */
export interface GateCheck {
  metric: GateMetric
  model: string
  arm: string
  scale: 'difference' | 'ratio'
  better: Better
  outcome: CheckOutcome
  why?: OpenReason
  /** Which way the figure went, and whether that is proven (adjusted p below 0.05). */
  direction: 'worse' | 'better' | 'same' | 'unknown'
  isProven: boolean
  tasks: number
  /** The baseline's tasks that are not quarantined. */
  tasksExpected: number
  /** run − baseline, or run / baseline; absent is not known. */
  estimate?: number
  /** Unadjusted 95 %. */
  interval?: { lower: number; upper: number }
  p?: number
  adjustedP?: number
  minimumDetectableEffect?: number
  /** The policy's limit on the same footing. */
  limit: { kind: 'margin' | 'detectable'; value: number }
  /** What it would take to decide, had nothing changed: tasks with these trials, or trials of these tasks on each side. */
  needed?: { tasks: number; trials?: number }
  sentence: string
}

/**
 * A task that is shown because it is not stable. `no`: not gated on. `in-part`: its trials count as far as the others of
 * the task agree. `yes`: too few trials to distinguish it from luck.
 */
export interface QuarantinedTask {
  model: string
  arm: string
  task: string
  why: 'flaky' | 'oracle-unstable' | 'policy'
  gated: 'no' | 'in-part' | 'yes'
  /** Solved by scored trials. */
  baseline: { solved: number; trials: number }
  run: { solved: number; trials: number }
}

export const NOT_COMPARED = [
  'changed',
  'few-baseline-trials',
  'few-run-trials',
  'not-in-run',
  'not-in-baseline',
] as const

/** A task that cannot be compared. */
export interface NotCompared {
  model: string
  arm: string
  task: string
  why: (typeof NOT_COMPARED)[number]
}

export interface GateResult {
  gateVersion: typeof GATE_VERSION
  status: GateStatus
  exitCode: number
  /** Why, in a sentence. */
  reason: string
  run: { name: string; createdAt: string; planned: number; scored: number; lost: number }
  baseline: { digest: string; trials: number }
  /** What was in force, defaults included. */
  policy: GatePolicy
  /** Proven regressions, then what got worse, then what is open; what got better comes last. */
  checks: GateCheck[]
  quarantined: QuarantinedTask[]
  notCompared: NotCompared[]
  notes: string[]
}
