import type { RawResult, RunLimits, SpawnPlan } from './run-process.ts'

/** What the harness sends its launcher. */
export type LauncherRequest =
  | {
      type: 'run'
      id: number
      plan: SpawnPlan
      limits: Pick<RunLimits, 'timeoutMs' | 'outputBytesMax'>
      isLive: boolean
    }
  | { type: 'cancel'; id: number }

/** What the launcher answers. */
export type LauncherReply =
  | { type: 'ready' }
  | { type: 'output'; id: number; stream: 'stdout' | 'stderr'; chunk: Uint8Array }
  | { type: 'result'; id: number; result: RawResult }
