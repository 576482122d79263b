import type { ScriptVm, VmHost, VmState } from '../vm/script-vm.ts'
import {
  CONTROL,
  type FromWorker,
  type GuestPosts,
  type InterruptReason,
  monotonicMs,
  type SliceReport,
  type ToWorker,
} from './worker-messages.ts'

/** Posts wait this long for the end of a slice before they are sent ahead. */
const POSTS_DELAY_MS = 1

export interface WorkerRun {
  readonly id: number
  readonly hasEnded: boolean
  readonly waitsForTools: boolean
  /** Whether the machine can run another script. */
  readonly isClean: boolean
  start(): void
  settle(message: Extract<ToWorker, { kind: 'settle' }>): void
  abandon(): void
}

interface Parts {
  vm: ScriptVm
  start: Extract<ToWorker, { kind: 'start' }>
  control: Int32Array
  send(message: FromWorker): void
}

const noPosts = (): GuestPosts => ({ calls: [], timers: [], timersCleared: [], logs: [], logsDropped: 0 })

/** Processor time of this thread; before Node 23.9 wall time has to do. */
const threadCpuMs: () => number =
  'threadCpuUsage' in process
    ? () => {
        const { user, system } = process.threadCpuUsage()
        return (user + system) / 1_000
      }
    : () => performance.now()

/** One script in its worker: slices under the two budgets, messages in and out. */
export function createWorkerRun(parts: Parts): WorkerRun {
  return new ScriptSlices(parts)
}

class ScriptSlices implements WorkerRun {
  readonly id: number
  hasEnded = false
  isClean = true
  readonly #parts: Parts
  readonly #host: VmHost
  #posts = noPosts()
  /** Wall time in slices, and the processor time of them. */
  #slicesMs = 0
  #cpuMs = 0
  #answered = 0
  #sliceStartMs = 0
  #sliceStampMs = 0
  #sliceStartCpuMs = 0
  #wallLeftMs: number
  #reason: InterruptReason | undefined
  #callsPending = 0

  constructor(parts: Parts) {
    this.id = parts.start.run
    this.#parts = parts
    this.#wallLeftMs = parts.start.wallLeftMs
    this.#host = {
      shouldInterrupt: () => this.#shouldInterrupt(),
      onCall: call => {
        this.#callsPending += 1
        this.#posts.calls.push(call)
      },
      onTimer: timer => this.#posts.timers.push(timer),
      onTimerCleared: timer => this.#posts.timersCleared.push(timer),
      onLog: line => this.#posts.logs.push(line),
      onLogDropped: () => {
        this.#posts.logsDropped += 1
      },
    }
  }

  get waitsForTools(): boolean {
    return !this.hasEnded && this.#callsPending > 0
  }

  start(): void {
    const { vm, start, send } = this.#parts
    this.#answered += 1
    this.#noteMemory()
    send({ kind: 'started', run: this.id })
    this.#slice(() => vm.start(start.script, this.#host))
  }

  settle({ wallLeftMs, settlements }: Parameters<WorkerRun['settle']>[0]): void {
    this.#answered += 1
    this.#wallLeftMs = wallLeftMs
    this.#callsPending -= settlements.callIds.length
    this.#slice(() => this.#parts.vm.settle(settlements))
  }

  abandon(): void {
    this.hasEnded = true
    this.isClean = this.#parts.vm.reset()
  }

  #flush(): GuestPosts {
    const flushed = this.#posts
    this.#posts = noPosts()
    return flushed
  }

  #usedCpuMs(): number {
    return this.#cpuMs + threadCpuMs() - this.#sliceStartCpuMs
  }

  /** Shared rather than sent, so that it is known of a worker that has to be killed too. */
  #noteMemory(): void {
    Atomics.store(this.#parts.control, CONTROL.memoryKib, this.#parts.vm.memoryBytes() / 1024)
  }

  #sliceReport(): SliceReport {
    const { startMs, freezeMs, bridgeMs } = this.#parts.vm.times
    const times = { startMs, freezeMs, bridgeMs, guestCpuMs: this.#slicesMs - startMs - freezeMs - bridgeMs }
    return { run: this.id, posts: this.#flush(), times, sliceStartMs: this.#sliceStampMs, sentMs: monotonicMs() }
  }

  #shouldInterrupt(): boolean {
    const { control, send } = this.#parts
    Atomics.add(control, CONTROL.heartbeat, 1)
    this.#noteMemory()
    const sliceMs = performance.now() - this.#sliceStartMs
    this.#reason ??= this.#reasonToStop(sliceMs)
    if (this.#reason !== undefined) return true
    const { calls, timers, logs } = this.#posts
    if (sliceMs > POSTS_DELAY_MS && calls.length + timers.length + logs.length > 0) {
      send({ kind: 'posts', run: this.id, posts: this.#flush() })
    }
    return false
  }

  #reasonToStop(sliceMs: number): InterruptReason | undefined {
    const { start, control } = this.#parts
    if (Atomics.load(control, CONTROL.cancelledRun) === this.id) return 'cancelled'
    if (this.#slicesMs + sliceMs >= start.cpuTimeMs && this.#usedCpuMs() >= start.cpuTimeMs) return 'cpu'
    return sliceMs >= this.#wallLeftMs ? 'wall' : undefined
  }

  #slice(work: () => VmState): void {
    if (this.hasEnded) return
    this.#sliceStartMs = performance.now()
    this.#sliceStampMs = monotonicMs()
    this.#sliceStartCpuMs = threadCpuMs()
    const state = work()
    this.#slicesMs += performance.now() - this.#sliceStartMs
    this.#cpuMs = this.#usedCpuMs()
    this.#noteMemory()
    if (state.kind !== 'waiting') this.#end(state)
    else this.#parts.send({ kind: 'waiting', answered: this.#answered, cpuMs: this.#cpuMs, ...this.#sliceReport() })
  }

  #end(state: Exclude<VmState, { kind: 'waiting' }>): void {
    this.hasEnded = true
    const reason = this.#reason
    // Sent first: only the next script waits for the memory to be what it was.
    this.#parts.send({ kind: 'ended', state, ...(reason && { reason }), ...this.#sliceReport() })
    this.isClean = this.#parts.vm.reset()
  }
}
