import type { ReportRow } from '../engine/engine-report.ts'
import type { Machine } from '../machine.ts'

export interface ToolsReport {
  schemaVersion: 1
  date: string
  machine: Machine
  versions: Record<string, string>
  /** Samples of each in a row. */
  repetitions: number
  /** Of the generated tree. */
  files: number
  rows: ReportRow[]
  durationMs: number
}
