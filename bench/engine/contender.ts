import type { JsonObject, JsonValue } from '../../src/contracts/json.ts'

/** What is measured: this engine, its peers, and the floors that no engine can be below. */
export type ContenderName =
  | 'scriptbench'
  | 'run'
  | '@sebastianwessel/quickjs'
  | 'isolated-vm'
  | 'quickjs-emscripten'
  | 'node:vm'

/** One program of the benchmark, the same text for all. */
export interface Program {
  /** The body of an async function that sees `tools`. */
  source: string
  /** It is TypeScript: engines that take only JavaScript strip it first, within the measured time. */
  isTyped?: boolean
  /** Performs a tool call on the host. */
  call?(tool: string, args: JsonObject): Promise<JsonValue>
  /** How long the program can take, computing or waiting. */
  timeoutMs?: number
  /** Calls in flight beyond which further ones have to wait. */
  concurrentCallsMax?: number
}

/** A contender that is loaded and ready to run programs. */
export interface Session {
  /** Runs a program in an environment of its own and gives its value. Rejects when the program fails. */
  run(program: Program): Promise<unknown>
  close(): Promise<void>
}

export interface Contender {
  name: string
  /** What separates a program from the host and from the program before it. */
  isolation: string
  /** Imports the engine and makes it ready. */
  open(): Promise<Session>
}

/** What every contender is given unless the program says otherwise. */
export const TIMEOUT_MS = 30_000
export const CALLS_MAX = 10_000
export const MEMORY_BYTES_MAX = 64 * 1024 * 1024
export const PAYLOAD_BYTES_MAX = 16 * 1024 * 1024
