import type { GuestCall, GuestLog, GuestTimer, VmScript, VmSettlements, VmState, VmTimes } from '../vm/script-vm.ts'

/** What the main thread and a worker share in addition to messages: three 32-bit cells. */
export const CONTROL = { heartbeat: 0, cancelledRun: 1, memoryKib: 2, cells: 3 } as const

export interface WorkerData {
  control: SharedArrayBuffer
  /** Absent in the first worker of an engine, which compiles it. */
  compiled?: WebAssembly.Module
}

/** Stamps are milliseconds of the process's one monotonic clock, see `monotonicMs`. */
export type ToWorker =
  | {
      kind: 'start'
      run: number
      script: VmScript
      memoryBytesMax: number
      cpuTimeMs: number
      wallLeftMs: number
    }
  | { kind: 'settle'; run: number; settlements: VmSettlements; wallLeftMs: number }
  /** The script is over, whatever it waits for. */
  | { kind: 'abandon'; run: number }

export interface GuestPosts {
  calls: GuestCall[]
  timers: GuestTimer[]
  timersCleared: number[]
  logs: GuestLog[]
  logsDropped: number
}

/** Which budget ran out, or that the main thread asked. */
export type InterruptReason = 'cpu' | 'wall' | 'cancelled'

export interface RunTimes extends VmTimes {
  guestCpuMs: number
}

/** The slice that ends with this message: when it began and ended, and what all slices so far were spent on. */
export interface SliceReport {
  run: number
  posts: GuestPosts
  sliceStartMs: number
  sentMs: number
  times: RunTimes
}

export type FromWorker =
  | { kind: 'ready'; compiled: WebAssembly.Module }
  | { kind: 'unusable'; message: string }
  | { kind: 'started'; run: number }
  /** Sent ahead while the guest goes on computing. */
  | { kind: 'posts'; run: number; posts: GuestPosts }
  /** `answered` counts the start and settle messages the worker has handled. */
  | ({ kind: 'waiting'; answered: number; cpuMs: number } & SliceReport)
  | ({ kind: 'ended'; state: Exclude<VmState, { kind: 'waiting' }>; reason?: InterruptReason } & SliceReport)

/** Milliseconds on a clock that all threads of a process share, unlike `performance.now()`. */
export function monotonicMs(): number {
  const [seconds, nanoseconds] = process.hrtime()
  return seconds * 1e3 + nanoseconds / 1e6
}
