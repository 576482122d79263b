import type { Machine } from '../measuring/machine.ts'
import type { RowResult } from '../measuring/row-result.ts'

export interface ToolsReport {
  schemaVersion: 1
  date: string
  machine: Machine
  versions: Record<string, string>
  /** Samples of each in a row. */
  repetitions: number
  /** Files in the generated tree. */
  files: number
  rows: RowResult[]
  durationMs: number
}
