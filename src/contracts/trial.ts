import type { Arm } from './arm.ts'
import type { ModelEntry, ModelFailureClass } from './model.ts'
import type { LimitName } from './suite.ts'

/** Raised whenever a change makes old and new trials incomparable; part of every trial id. */
export const PROTOCOL_VERSION = 1

/** One planned trial: task × model × arm × repeat. */
export interface Trial {
  /** Digest of what defines the trial and of nothing else: no path, no date, no run name, no order. */
  id: string
  task: string
  taskDigest: string
  model: ModelEntry
  arm: Arm
  repeat: number
  /** All arms of one (task, model, repeat); position counts from 0 inside it. */
  block: number
  position: number
  /** Seeds built-in players and scripts. */
  seed: string
}

/** Why a trial has no verdict: never the model's fault. */
export type FailureCause =
  | { area: 'model'; class: ModelFailureClass; message: string }
  | { area: 'workspace' | 'sandbox' | 'verifier' | 'engine' | 'harness'; message: string }

export type Outcome =
  | { kind: 'solved' }
  | { kind: 'unsolved'; cause?: 'refused' }
  | { kind: 'limited'; limit: LimitName }
  | { kind: 'failed'; cause: FailureCause }
  | { kind: 'cancelled' }

/** Whether an outcome is counted in comparisons. A failed or cancelled trial has no verdict. */
export const IS_SCORED: Readonly<Record<Outcome['kind'], boolean>> = {
  solved: true,
  unsolved: true,
  limited: true,
  failed: false,
  cancelled: false,
}

/** How the agent's part ended, before any verdict. */
export type AgentEnd =
  | { kind: 'finished' }
  | { kind: 'refused' }
  | { kind: 'limited'; limit: LimitName }
  | { kind: 'failed'; cause: FailureCause }
  | { kind: 'cancelled' }
