import type { Machine } from '../machine.ts'
import type { TrialProfile } from './trial-profile.ts'

export type Unit = 'ms' | 'µs' | 'KB' | 'MB'

/** What was found for one contender in one row. `ratio` is its median over scriptbench's. */
export type Finding =
  | { kind: 'measured'; name: string; samples: number; p25: number; median: number; p75: number; ratio?: number }
  | { kind: 'failed' | 'absent'; name: string; reason: string }

/** Whether an aim is met; `unknown` when a contender it speaks of was not measured. */
export interface AimResult {
  text: string
  state: 'met' | 'missed' | 'unknown'
  /** The figure the aim is about, as text. */
  measured: string
}

export interface ReportRow {
  id: string
  title: string
  unit: Unit
  /** What one sample is, and what to know when reading it. */
  method: string
  findings: Finding[]
  aims: AimResult[]
  /** What the row's median comes to in a trial; absent where that makes no sense. */
  share?: { timesPerTrial: number; per: string; ofWallTime: number }
}

export interface EngineReport {
  schemaVersion: 1
  date: string
  machine: Machine
  versions: Record<string, string>
  contenders: { name: string; isolation: string }[]
  repetitions: number
  profile: TrialProfile
  rows: ReportRow[]
  durationMs: number
}
