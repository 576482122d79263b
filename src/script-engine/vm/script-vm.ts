/** An error as the guest described it; plain data, never trusted. */
export interface GuestError {
  name: string
  message: string
  stack: string
  /** Set for our own `ToolError`. */
  tool?: string
  code?: string
}

/** One tool call as the guest posted it. */
export interface GuestCall {
  id: number
  tool: string
  argsJson: string
  /** Where the script made it, as QuickJS writes a stack. */
  stack: string
}

export interface GuestTimer {
  id: number
  delayMs: number
}

/** One console line; `json` is its text as a JSON string. */
export interface GuestLog {
  level: number
  json: string
  atMs: number
}

/** `json` is `{calls: [id, isOk, value or error][], timers: id[]}`; `elapsedMs` moves the guest's clock. */
export interface VmSettlements {
  json: string
  callIds: readonly number[]
  timerIds: readonly number[]
  elapsedMs: number
}

/** Why a script cannot go on. */
export type VmFailure =
  | { kind: 'parse' | 'thrown'; error: GuestError }
  | { kind: 'interrupted' | 'memory' | 'stack'; error?: GuestError }
  /** `stack`: where the newest promise was made that nothing has settled. */
  | { kind: 'deadlock'; stack?: string }
  | { kind: 'output-too-large'; lengthMin: number }
  /** The host side of the VM failed; the instance is gone. */
  | { kind: 'crashed'; message: string }

export type VmState =
  | { kind: 'waiting' }
  /** `json` is absent when nothing was returned; `unawaitedAt` are places in the value that contain promises. */
  | { kind: 'returned'; json?: string; unawaitedAt: readonly string[] }
  | { kind: 'failed'; failure: VmFailure }

/** What a script asks for while it runs. Called in the middle of a slice. */
export interface VmHost {
  onCall(call: GuestCall): void
  onTimer(timer: GuestTimer): void
  onTimerCleared(id: number): void
  onLog(line: GuestLog): void
  /** The console's limits swallowed a line. */
  onLogDropped(): void
  /** Polled while the guest computes; true ends the script. */
  shouldInterrupt(): boolean
}

/** What one script is given. */
export interface VmScript {
  /** JavaScript of an async function expression on the same lines as the model's source. */
  code: string
  contextJson: string
  toolNames: readonly string[]
  randomWords: readonly [number, number, number, number]
  nowMs: number
  toolCallsMax: number
  outputBytesMax: number
  stackBytesMax: number
}

export interface VmTimes {
  /** Handing over the context and compiling the script. */
  startMs: number
  freezeMs: number
  bridgeMs: number
}

/**
 * One isolated JavaScript machine that runs one script at a time.
 * Contract: no method throws, whatever the guest does; only text and numbers cross; between `reset` and the next
 * `start` nothing of the last script is left. A machine that is not clean says so and must be dropped.
 */
export interface ScriptVm {
  /** Runs until the script waits, returns or fails. */
  start(script: VmScript, host: VmHost): VmState
  settle(settlements: VmSettlements): VmState
  /** Parts of the slices so far that are not the script's own work. */
  readonly times: VmTimes
  /** True when the machine is as it was after boot and can run another script. */
  reset(): boolean
  memoryBytes(): number
}
