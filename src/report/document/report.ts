import type { ImportedOutcome, ImportSource } from '../../contracts/imported.ts'
import type { Manifest } from '../../contracts/manifest.ts'
import type { PlayerKind } from '../../contracts/model.ts'
import type { Stratum } from '../../contracts/task.ts'
import type { TrialMetrics } from '../../metrics/trial-metrics.ts'
import type { ScopeDetails } from './details/details.ts'

/** Everything the documents of a run say, before any wording or layout. */
export interface Report {
  run: Pick<Manifest, 'createdAt' | 'versions' | 'platform' | 'seed' | 'sandbox'> & {
    name: string
    suiteDigest: string
  }
  coverage: Coverage
  players: Player[]
  /** The factors with more than one level in this run. */
  factors: ReportFactor[]
  /** The levels that all trials share. */
  constants: { factor: string; level: string }[]
  /** In an order that depends on what the trials are, not on when they ran. */
  trials: TrialMetrics[]
  /** Outcomes measured elsewhere, of a run that has no trials of its own. */
  imported?: ImportSource & { outcomes: ImportedOutcome[] }
  scopes: Scope[]
  /** In the order of the scopes. */
  details: ScopeDetails[]
  failures: FailureGroup[]
  tasksLeftOut: { task: string; reason: string }[]
}

export interface Coverage {
  planned: number
  /** Trials in the journal. */
  done: number
  /** Trials with a verdict: solved, unsolved or limited. */
  scored: number
  failed: number
  cancelled: number
  /** Finished trials whose log cannot be read. */
  unreadable: { trial: string; reason: string }[]
  /** Journal lines that a crash cut off. */
  tornLines: number
}

export interface Player {
  model: string
  kind: PlayerKind
  /** Whether trials of this player support claims about models. */
  isEvidence: boolean
  trials: number
}

export interface ReportFactor {
  name: string
  levels: string[]
  /** The level that the others are compared with. */
  baseline: string
}

/** Trials that are looked at together: those of one model, or of all real models. */
export interface Scope {
  name: string
  kinds: PlayerKind[]
  isEvidence: boolean
  arms: ArmSummary[]
  strata: { stratum: Stratum; arms: ArmSummary[] }[]
  tasks: TaskRow[]
}

/** A mean over the scored trials for which the value is known. */
export interface Mean {
  mean: number
  n: number
}

export const MEAN_METRICS = [
  'turns',
  'toolCalls',
  'inputTokens',
  'inputTokensFresh',
  'cacheReadTokens',
  'cacheWriteTokens',
  'outputTokens',
  'reasoningTokens',
  'costUsd',
  'wallMs',
  'workingMs',
  'modelMs',
  'toolMs',
  'backoffMs',
  'scriptSandboxMs',
  'scriptGuestCpuMs',
  'osSandboxMs',
  'harnessMs',
  'maxInFlight',
  'parallelUtilisation',
  'bytesFromTools',
  'bytesIntoContext',
  'promptDistanceTokensMax',
] as const satisfies readonly (keyof TrialMetrics)[]

export const TOTAL_METRICS = [
  'turns',
  'requests',
  'toolCalls',
  'callsRefusedSerial',
  'shellCompoundCalls',
  'scripts',
  'scriptFailures',
  'lenientRepairs',
  'repairTurns',
  'errorsProtocol',
  'errorsScript',
  'errorsTool',
  'errorsToolHandled',
  'errorsProvider',
  'partialEffects',
  'approvalsAsked',
] as const satisfies readonly (keyof TrialMetrics)[]

/** One arm's trials, all or those of one stratum. Means and totals are of scored trials. */
export interface ArmSummary {
  label: string
  levels: Record<string, string>
  tasks: number
  trials: number
  scored: number
  solved: number
  limited: number
  failed: number
  cancelled: number
  /** Solved of scored. */
  solvedShare?: number
  /** What the share would be, had all failed trials been unsolved, or solved; absent when none failed. */
  solvedBounds?: { low: number; high: number }
  clausesKept?: number
  clausesTotal?: number
  means: Partial<Record<(typeof MEAN_METRICS)[number], Mean>>
  totals: Record<(typeof TOTAL_METRICS)[number], number>
  /** Sum over the scored trials for which it is known. */
  repairTokens?: number
  tokensEstimated: boolean
}

/** How one task went in each arm, in the order of the scope's arms. */
export interface TaskRow {
  task: string
  stratum: Stratum
  cells: { solved: number; scored: number; limited: number; failed: number }[]
}

export interface FailureGroup {
  cause: string
  trials: string[]
  /** The message of the first one. */
  example: string
}
