import type { Factor } from './arm.ts'
import type { ModelEntry } from './model.ts'
import type { SandboxMechanism, SandboxPolicy } from './os-sandbox.ts'
import type { ApprovalAnswer, ApprovalPolicy } from './tool.ts'

/** Limits of one trial; absent means none. */
export interface TrialLimits {
  turnsMax: number
  toolCallsMax: number
  wallTimeMs: number
  /** Wall time without queueing, rate-limit waits and retries. */
  workingTimeMs?: number
  /** Fresh, cached and output tokens together. */
  tokensMax?: number
  costUsdMax?: number
  /** Of one turn's observation, in every mode. */
  observationTokensMax: number
}

export const TRIAL_LIMITS_DEFAULT: Readonly<TrialLimits> = {
  turnsMax: 40,
  toolCallsMax: 400,
  wallTimeMs: 15 * 60_000,
  observationTokensMax: 10_000,
}

export type LimitName = 'turns' | 'toolCalls' | 'wallTime' | 'workingTime' | 'tokens' | 'cost' | 'context'

export interface SuiteAnalysis {
  primary: string
  factor: string
  baseline: string
  margin?: number
}

/** A loaded and validated suite. Tasks are loaded beside it. */
export interface Suite {
  name: string
  file: string
  /** Globs over task ids. */
  tasks: string[]
  tasksDir: string
  models: ModelEntry[]
  factors: Factor[]
  repeats: number
  limits: TrialLimits
  /** Of the whole run, in USD; no further trial starts beyond it. */
  runCostUsdMax?: number
  approval: { policy: ApprovalPolicy; answer: ApprovalAnswer }
  sandbox: { mechanism: 'auto' | SandboxMechanism; policy: SandboxPolicy }
  /** A team's own preamble in place of ours. */
  preamble?: string
  /** Names of the offered tools; absent means all. */
  tools?: string[]
  analysis?: SuiteAnalysis
  seed: number
}
