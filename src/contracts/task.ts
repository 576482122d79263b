/** Strata by tool calls per look, plus `long` (many looks, several user prompts). */
export const STRATA = ['one', 'few', 'many-independent', 'many-dependent', 'loop', 'long'] as const
export type Stratum = (typeof STRATA)[number]

/** One user prompt and what belongs to it. A task without `[[steps]]` has one step named `main`. */
export interface TaskStep {
  name: string
  instruction: string
  /** Host folders with hidden tests, merged in order into /tests; the last wins. */
  testsDirs: string[]
  /** The oracle's scripts, one per look, in order. */
  solution: string[]
}

/** Where a task's files come from. */
export type TaskSource =
  | { kind: 'folder' }
  | { kind: 'npm'; package: string; version: string; integrity: string; testsVersion?: string; install: string[] }

export interface Task {
  id: string
  /** Covers every file that defines the task. */
  digest: string
  source: TaskSource
  stratum: Stratum
  /** Tasks that share a family; statistics cluster by it. */
  cluster: string
  callsMin?: number
  looksMin?: number
  license?: string
  /** Programs the task needs on this machine, e.g. `python3`. */
  requires: string[]
  /** Globs of files restored from the task before the verifier runs. */
  protect: string[]
  /** Globs of files that a solution can touch; absent when the task does not say. */
  touches?: string[]
  contaminated?: 'likely' | 'no'
  steps: TaskStep[]
  /** Host folder with the starting files. */
  workspaceDir: string
  verifierTimeoutMs: number
}
