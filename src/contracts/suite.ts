import type { Factor } from './arm.ts'
import type { ModelEntry } from './model.ts'
import type { SandboxMechanism, SandboxPolicy } from './os-sandbox.ts'
import type { Stratum } from './task.ts'
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
  /** Limit of one turn's observation, in every mode. */
  observationTokensMax: number
}

export const TRIAL_LIMITS_DEFAULT: Readonly<TrialLimits> = {
  turnsMax: 40,
  toolCallsMax: 400,
  wallTimeMs: 15 * 60_000,
  observationTokensMax: 10_000,
}

/** The field of each limit that the agent loop counts. Where several are reached, the first one here is reported. */
export const LIMIT_FIELDS = {
  turns: 'turnsMax',
  toolCalls: 'toolCallsMax',
  wallTime: 'wallTimeMs',
  workingTime: 'workingTimeMs',
  tokens: 'tokensMax',
  cost: 'costUsdMax',
} as const satisfies Record<string, keyof TrialLimits>

export type CountedLimit = keyof typeof LIMIT_FIELDS

/** `context` is the model's own limit. */
export type LimitName = CountedLimit | 'context'

export interface SuiteAnalysis {
  primary: string
  factor: string
  baseline: string
  margin?: number
}

/** A task made of a published package: one version as the workspace, another (or files next to the suite) as verifier and oracle. */
export interface NpmSource {
  id: string
  package: string
  version: string
  /** The registry's digest of the tarball, `sha512-…`. */
  integrity: string
  /** The version whose tests decide; its `files` (globs) are the fix that the oracle makes. */
  mended?: { version: string; integrity: string; files: string[]; testFiles: string[] }
  /** Pinned packages for the workspace's node_modules, `name@1.2.3`. */
  install: string[]
  /** A package-lock for `install`, absolute. */
  lock?: string
  instruction: string
  stratum: Stratum
  cluster: string
  license?: string
  callsMin?: number
  looksMin?: number
  contaminated?: 'likely' | 'no'
  requires: string[]
  protect: string[]
  touches?: string[]
  /** A check in addition to the tests: the absolute path of a module that Node runs in the workspace. */
  check?: string
  /** Absolute paths of the oracle's scripts, where no fixed version exists. */
  solution?: string[]
}

/** A loaded and validated suite. Its tasks are loaded separately. */
export interface Suite {
  name: string
  file: string
  /** Globs over task ids. */
  tasks: string[]
  /** Absolute. */
  tasksDir: string
  /** Where present, the suite's tasks are these rather than the folders in `tasksDir`. */
  sources?: NpmSource[]
  models: ModelEntry[]
  factors: Factor[]
  repeats: number
  limits: TrialLimits
  /** Of the whole run, in USD; no trial starts once it is reached. */
  runCostUsdMax?: number
  approval: { policy: ApprovalPolicy; answer: ApprovalAnswer }
  sandbox: { mechanism: 'auto' | SandboxMechanism; policy: SandboxPolicy }
  /** A preamble that replaces the built-in one. */
  preamble?: string
  /** Names of the offered tools; absent means all. */
  tools?: string[]
  analysis?: SuiteAnalysis
  seed: number
}
