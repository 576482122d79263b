import type { Candidate } from '../measuring/interleave.ts'
import type { Measured, Row } from '../measuring/row.ts'

/** What a row measures with. */
export interface ToolRowContext {
  /** The row's own empty folder. */
  dir: string
  /** How many files a generated tree has. */
  files: number
  /** The real program; absent when it is not in the cache. */
  upstreamFile: string | undefined
  /** Corpora of the check; absent: those of the package. */
  corpora?: readonly string[]
  /** Takes turns: this many samples of each. */
  interleave(candidates: readonly Candidate[]): Promise<Measured>
}

/** One row: one of our tools and what it is compared with. */
export interface ToolRow extends Pick<Row, 'id' | 'title' | 'unit' | 'method' | 'aims'> {
  measure(context: ToolRowContext): Promise<Measured>
  /** Takes one sample, whatever was asked for. */
  isSingle?: true
  /** The row is also about the real program. */
  hasUpstream?: true
}
