import type { Arm } from '../contracts/arm.ts'
import type { PlayerKind } from '../contracts/model.ts'
import type { SandboxMechanism } from '../contracts/os-sandbox.ts'
import type { LimitName } from '../contracts/suite.ts'
import type { Stratum } from '../contracts/task.ts'
import type { Outcome } from '../contracts/trial.ts'

/** One trial in numbers. What was not measured is undefined, never 0. `docs/metrics.md` defines each field. */
export interface TrialMetrics extends Arm {
  trialId: string
  task: string
  cluster: string
  stratum: Stratum
  callsMin: number | undefined
  looksMin: number | undefined
  model: string
  playerKind: PlayerKind
  params: string | undefined
  repeat: number
  block: number
  position: number
  startedAt: string
  servedModel: string | undefined
  outcome: Outcome['kind']
  cause: string | undefined
  limitHit: LimitName | undefined
  clausesKept: number | undefined
  clausesTotal: number | undefined
  turns: number
  requests: number
  toolCalls: number
  callsRefusedSerial: number
  shellCompoundCalls: number
  scripts: number
  scriptFailures: number
  scriptFirstRunOk: boolean | undefined
  lenientRepairs: number
  repairTurns: number
  repairTokens: number | undefined
  maxInFlight: number | undefined
  parallelUtilisation: number | undefined
  inputTokensFresh: number | undefined
  cacheReadTokens: number | undefined
  cacheWriteTokens: number | undefined
  outputTokens: number | undefined
  reasoningTokens: number | undefined
  reasoningCarried: 'yes' | 'no' | 'partly' | undefined
  tokensEstimated: boolean | undefined
  toolDefinitionTokens: number
  reinjectedCopies: number
  reinjectedTokens: number
  promptDistanceTokensMax: number | undefined
  contextTokensPeak: number | undefined
  observationTokensCut: number
  bytesFromTools: number
  bytesIntoContext: number
  costUsd: number | undefined
  errorsProtocol: number
  errorsScript: number
  errorsTool: number
  errorsToolHandled: number
  errorsProvider: number
  partialEffects: number
  approvalsAsked: number
  filesTouchedUnexpected: number | undefined
  wallMs: number
  workingMs: number
  modelMs: number
  toolMs: number
  backoffMs: number
  scriptSandboxMs: number
  scriptGuestCpuMs: number
  osSandboxMs: number
  harnessMs: number
  cpuMs: number | undefined
  sandboxMechanism: SandboxMechanism
  /** Fresh + read + written: the same whatever a cache did, so use it to compare arms. */
  inputTokens: number | undefined
  typeCheckMs: number | undefined
  typeProblems: number | undefined
  scriptFailureClasses: string | undefined
  scriptMemoryPeakBytes: number | undefined
  scriptCacheHits: number | undefined
  scriptTimerMs: number | undefined
}
