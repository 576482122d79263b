import type { Machine } from '../measuring/machine.ts'
import type { RowResult } from '../measuring/row-result.ts'
import type { TrialProfile } from '../measuring/trial-profile.ts'

export interface EngineReport {
  schemaVersion: 1
  date: string
  machine: Machine
  versions: Record<string, string>
  contenders: { name: string; isolation: string }[]
  repetitions: number
  profile: TrialProfile
  rows: RowResult[]
  durationMs: number
}
