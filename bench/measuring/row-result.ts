export type Unit = 'ms' | 'µs' | 'KB' | 'MB'

/** What was found for one contender in one row. `ratio` is its median divided by scriptbench's. */
export type Finding =
  | { kind: 'measured'; name: string; samples: number; p25: number; median: number; p75: number; ratio?: number }
  | { kind: 'failed' | 'absent'; name: string; reason: string }

/** Whether an aim is met; `unknown` when a contender it is about was not measured. */
export interface AimResult {
  text: string
  state: 'met' | 'missed' | 'unknown'
  /** The figure the aim is about, as text. */
  measured: string
}

export interface RowResult {
  id: string
  title: string
  unit: Unit
  /** What one sample is, and what to know when reading it. */
  method: string
  findings: Finding[]
  aims: AimResult[]
  /** The row's median per trial; absent where that means nothing. */
  share?: { timesPerTrial: number; per: string; ofWallTime: number }
}
