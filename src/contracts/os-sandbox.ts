export type SandboxMechanism = 'bubblewrap' | 'none'

/** What a confined process can do. `read-only` and `workspace-write` have no network. */
export type SandboxPolicy = 'read-only' | 'workspace-write' | 'danger-full-access'

/** One process to run. Paths are the agent's; time in milliseconds, sizes in bytes. */
export interface ProcessSpec {
  /** The argument vector; no shell is added. */
  command: readonly string[]
  /** Working directory, an agent's path inside the workspace. */
  cwd: string
  /** Variables added to the allow-listed environment. */
  env?: Readonly<Record<string, string>>
  /** argv[0], where it differs from the program. */
  arg0?: string
  timeoutMs: number
  /** Kept per stream; what comes after is counted, not stored. */
  outputBytesMax: number
  signal?: AbortSignal
  /** Runs outside the sandbox; only after an approval. */
  escalated?: boolean
  onOutput?(stream: 'stdout' | 'stderr', chunk: Uint8Array): void
}

export type ProcessEnd =
  | { kind: 'exited'; exitCode: number }
  | { kind: 'signalled'; signal: number }
  | { kind: 'timed-out' }
  | { kind: 'cancelled' }
  | { kind: 'spawn-failed'; code: string; message: string }

export interface ProcessResult {
  end: ProcessEnd
  stdout: Uint8Array
  stderr: Uint8Array
  /** Both streams in order of arrival. */
  aggregated: Uint8Array
  /** Bytes of both streams that exceeded `outputBytesMax`. */
  bytesDropped: number
  durationMs: number
  /** The calibrated time the mechanism adds to one spawn; 0 without a mechanism. */
  sandboxMs: number
}

/**
 * Runs processes confined to a workspace.
 * Contract: never throws or rejects; when `run` resolves, the process and all its descendants are gone.
 */
export interface OsSandbox {
  readonly mechanism: SandboxMechanism
  readonly policy: SandboxPolicy
  /** Agent's paths that `workspace-write` can write to, except their `.git`. Absent: the workspace. */
  readonly writableRoots?: readonly string[]
  /** Whether a confined process can read all that an unconfined one can. */
  readonly canReadAll?: boolean
  run(spec: ProcessSpec): Promise<ProcessResult>
}
