import type { ImportSource } from './imported.ts'
import type { JsonObject } from './json.ts'
import type { ModelPrices, PlayerKind } from './model.ts'
import type { Outcome } from './trial.ts'

/** `manifest.json`: what a run was. Rewritten when a resume adds to it; trials never depend on it. */
export interface Manifest {
  manifestVersion: 1
  suite: { name: string; digest: string; content: JsonObject }
  createdAt: string
  versions: { scriptbench: string; node: string; protocol: number; log: number }
  platform: { os: string; arch: string; cpus: number }
  seed: number
  tasks: Record<string, { digest: string }>
  /** Tasks left out, each with its reason. */
  tasksLeftOut: { task: string; reason: string }[]
  models: Record<string, { playerKind: PlayerKind; prices?: ModelPrices }>
  prompts: Record<string, string>
  toolSchemas: string
  sandbox: { requested: string; mechanism: string; policy: string; reason?: string; spawnOverheadMs?: number }
  trialsPlanned: number
  /** Every plan of this run, first to last, with the trials that had ended when it was made. */
  plans?: RunPlanned[]
  /** Present when nothing was run here: the outcomes were measured elsewhere and imported. */
  imported?: ImportSource
}

/** A start of a run that planned another number of trials. Results could be seen when a plan grew after it was complete. */
export interface RunPlanned {
  at: string
  trialsPlanned: number
  trialsDone: number
}

/** One line of `journal.jsonl`, appended after the trial's log is on disk. */
export interface JournalEntry {
  trial: string
  outcome: Outcome
  finishedAt: string
}
