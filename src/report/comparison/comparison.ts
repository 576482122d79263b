import type { PlayerKind } from '../../contracts/model.ts'
import type { Stratum } from '../../contracts/task.ts'
import type { Better } from '../../statistics/hypotheses/equivalence.ts'
import type { VerdictWord } from '../../statistics/hypotheses/verdict.ts'

/** What arms do differently, before any wording or layout: the facts of the report, the gate and every document. */
export interface Comparison {
  runs: ComparedRun[]
  status: ComparisonStatus
  /** The contrast, metric and margin that decide, as the suite declared them before the run, or the defaults. */
  primary: { contrast: string; metric: string; margin: number; isDeclared: boolean }
  /** How many p values Holm's method adjusted together. */
  family: { alpha: number; level: number; size: number }
  scopes: ComparisonScope[]
  /** In words: what is missing or was left out, and why. */
  notes: string[]
}

export interface ComparedRun {
  name: string
  folder: string
  suiteDigest: string
  createdAt: string
  trialsPlanned: number
  trialsScored: number
  /** Where an imported run's outcomes were measured; absent for our own runs. */
  imported?: { source: string; unit: 'task' | 'model' }
}

/** `interim`: the declared trials are not all there. `exploratory`: trials were added after the first look. */
export type ComparisonStatus =
  | { kind: 'final' }
  | { kind: 'interim'; missing: number; planned: number }
  | { kind: 'exploratory'; reason: string }

/** One player, or all real models together. */
export interface ComparisonScope {
  name: string
  kinds: PlayerKind[]
  /** Whether it supports better/worse at all. */
  isEvidence: boolean
  /** What takes the place of a task: models, where averages over tasks were imported. */
  unit: 'task' | 'model'
  arms: ComparedArm[]
  contrasts: ContrastResult[]
  /** Effects within one stratum: shown, decided only from 20 tasks on. */
  strata: { stratum: Stratum; contrasts: ContrastResult[] }[]
  slopes: SlopeResult[]
  flips: TaskFlips[]
  uses: ArmUse[]
  reliability: ArmReliability[]
  /** Metric → the difference between two halves of the same arm: what no effect looks like here. */
  noiseFloor: NoiseFloor[]
}

export interface ComparedArm {
  name: string
  levels: Record<string, string>
  tasks: number
  scored: number
  /** Failed trials: bounded both ways, never scored 0. */
  lost: number
  limited: number
}

export type ContrastKind =
  | 'composition'
  | 'carrier'
  | 'parallelism'
  | 'level'
  | 'main'
  | 'simple'
  | 'interaction'
  | 'runs'

/** One metric of one contrast: other − baseline, or other / baseline. */
export interface ContrastResult {
  /** Stable: scope, contrast and metric as one text. */
  id: string
  contrast: string
  kind: ContrastKind
  factor: string
  /** In words, such as "script-tool" and "structured-parallel". */
  other: string
  baseline: string
  /** Key of one of `COMPARE_METRICS`, which has its label and unit. */
  metric: string
  scale: 'difference' | 'ratio'
  better: Better
  /** Tasks that were compared, and those left out: no scored trial in an arm, not known, 0. */
  tasks: number
  clusters: number
  /** Task × model × combination of the other levels. */
  pairs: number
  leftOut: { noTrial: number; unknown: number; zero: number }
  /** Absent: too little data. All on the scale's own footing (0.05 = 5 points; 0.9 = 10 % fewer). */
  estimate?: number
  /** Unadjusted 95 %. */
  interval?: { lower: number; upper: number }
  p?: number
  /** Holm over the confirmatory family; absent outside it. */
  adjustedP?: number
  /** The seeded sign-flip p, and the wild cluster bootstrap's under ten clusters. Shown, never deciding. */
  companion?: { method: 'sign-flip' | 'wild-bootstrap' | 'mcnemar'; p: number }[]
  /** What a comparison of this precision would find with power 0.8. */
  minimumDetectableEffect?: number
  margin?: number
  method?: 'paired-t' | 'mcnemar' | 'linearised-ratio'
  role: 'primary' | 'confirmatory' | 'exploratory'
  verdict: ContrastVerdict
  /** The estimate under the two extremes for failed trials; absent when none failed. */
  bounds?: { lower: number; upper: number; changesVerdict: boolean }
  /** Trials ended by a limit in either arm: their amounts are at least what they are. Absent when there was none. */
  censored?: { baseline: number; other: number }
  /** Means restricted at the smallest amount that a limit cut off; only with `censored`. */
  restrictedMeans?: { baseline: number; other: number; cap: number }
  /** The per-task values behind it, for plots: other − baseline, or the log-ratio. For the primary contrast only. */
  perTask?: { task: string; value: number }[]
}

export type ContrastVerdict =
  | { kind: 'verdict'; word: VerdictWord; sentence: string }
  /** For players that are not models. */
  | { kind: 'planted'; isRecovered: boolean; sentence: string }
  /** No verdict is allowed. */
  | { kind: 'none'; why: NoVerdictReason; sentence: string }

/**
 * `too-little-data`: there is no interval. `interim`: the declared trials are not all there. `exploratory`: outside the
 * declared family, or trials were added after a look. `small-stratum`: fewer than 20 tasks.
 */
export type NoVerdictReason = 'too-little-data' | 'interim' | 'exploratory' | 'small-stratum'

/** Log-ratio of a metric on log2(calls per look). */
export interface SlopeResult {
  contrast: string
  metric: string
  tasks: number
  slope?: number
  interval?: { lower: number; upper: number }
  p?: number
  /** Calls per look from which the other arm needs less. */
  breakEven?: number
  breakEvenInterval?: { lower: number; upper: number }
  points: { task: string; callsPerLook: number; ratio: number }[]
  sentence: string
}

/** A task whose share solved differs between the arms of a contrast. */
export interface TaskFlips {
  contrast: string
  gained: { task: string; baseline: string; other: string }[]
  lost: { task: string; baseline: string; other: string }[]
}

/** Where tokens and turns went, a mean per scored trial. Absent is not known. */
export interface ArmUse {
  arm: string
  inputTokens?: number
  outputTokens?: number
  reasoningTokens?: number
  toolDefinitionTokens?: number
  reinjectedTokens?: number
  repairTokens?: number
  repairTurns?: number
  turns?: number
  toolCalls?: number
  /** Largest number of tool calls in flight. */
  parallelWidth?: number
  /** Bytes that tools returned, and those of them that reached the model. */
  bytesFromTools?: number
  bytesIntoContext?: number
}

export interface ArmReliability {
  arm: string
  attempts: number
  /** Mean over tasks of the unbiased estimate; absent with fewer attempts than k. */
  passAtK?: number
  passHatK?: number
  /** Tasks solved every time, sometimes and never. */
  always: number
  sometimes: number
  never: number
}

export interface NoiseFloor {
  metric: string
  scale: 'difference' | 'ratio'
  /** Half the width of the 95 % interval of the split; of a ratio, the factor up or down. Absent with one repeat. */
  halfWidth?: number
  /** On the scale's own footing. */
  estimate?: number
  /** Whether the interval includes 0, or 1 for a ratio, as it should. */
  covers?: boolean
  /** `repeats`: the trials of an arm split in halves. `arms`: two arms that are labels of the same. */
  source: 'repeats' | 'arms'
  tasks: number
}
