import type { PlayerKind } from './model.ts'
import type { Stratum } from './task.ts'

/** Where outcomes come from that were measured elsewhere. `unit`: what one outcome is about. */
export interface ImportSource {
  /** Such as `m3tooleval`, or the name of a CSV file. */
  source: string
  /** `task`: one task's trial. `model`: an average over tasks, so that models take the place of tasks. */
  unit: 'task' | 'model'
  /** SHA-256 of the file that was read. */
  digest: string
}

/** One outcome measured elsewhere. What the source does not say is absent. */
export interface ImportedOutcome {
  /** The model's name where models take the place of tasks. */
  task: string
  cluster?: string
  stratum?: Stratum
  model: string
  playerKind: PlayerKind
  repeat: number
  levels: Record<string, string>
  /** 1 or 0 of a trial, a share of an average; absent where the trial failed. */
  solved?: number
  /** Trials behind an average. */
  n?: number
  isLimited?: boolean
  clausesKept?: number
  clausesTotal?: number
  turns?: number
  toolCalls?: number
  inputTokens?: number
  outputTokens?: number
  costUsd?: number
  workingMs?: number
  wallMs?: number
  callsMin?: number
  looksMin?: number
}
