import type { ScriptVm, VmState } from '../vm/script-vm.ts'
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
  /** Whether the machine may run another script. */
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
export function createWorkerRun({ vm, start, control, send }: Parts): WorkerRun {
  const { run: id, cpuTimeMs } = start
  let posts = noPosts()
  /** Wall time in slices, and the processor time of them. */
  let slicesMs = 0
  let cpuMs = 0
  let answered = 0
  let sliceStartMs = 0
  let sliceStampMs = 0
  let sliceStartCpuMs = 0
  let wallLeftMs = start.wallLeftMs
  let reason: InterruptReason | undefined
  let hasEnded = false
  let isClean = true
  let callsPending = 0

  function flush(): GuestPosts {
    const flushed = posts
    posts = noPosts()
    return flushed
  }

  const usedCpuMs = () => cpuMs + threadCpuMs() - sliceStartCpuMs

  /** Shared rather than sent, so that it is known of a worker that has to be killed too. */
  const noteMemory = () => Atomics.store(control, CONTROL.memoryKib, vm.memoryBytes() / 1024)

  function sliceReport(): SliceReport {
    const { startMs, freezeMs, bridgeMs } = vm.times
    const times = { startMs, freezeMs, bridgeMs, guestCpuMs: slicesMs - startMs - freezeMs - bridgeMs }
    return { run: id, posts: flush(), times, sliceStartMs: sliceStampMs, sentMs: monotonicMs() }
  }

  function shouldInterrupt(): boolean {
    Atomics.add(control, CONTROL.heartbeat, 1)
    noteMemory()
    if (reason !== undefined) return true
    const sliceMs = performance.now() - sliceStartMs
    if (Atomics.load(control, CONTROL.cancelledRun) === id) reason = 'cancelled'
    else if (slicesMs + sliceMs >= cpuTimeMs && usedCpuMs() >= cpuTimeMs) reason = 'cpu'
    else if (sliceMs >= wallLeftMs) reason = 'wall'
    if (reason !== undefined) return true
    if (sliceMs > POSTS_DELAY_MS && posts.calls.length + posts.timers.length + posts.logs.length > 0) {
      send({ kind: 'posts', run: id, posts: flush() })
    }
    return false
  }

  function slice(work: () => VmState): void {
    if (hasEnded) return
    sliceStartMs = performance.now()
    sliceStampMs = monotonicMs()
    sliceStartCpuMs = threadCpuMs()
    const state = work()
    slicesMs += performance.now() - sliceStartMs
    cpuMs = usedCpuMs()
    noteMemory()
    if (state.kind === 'waiting') send({ kind: 'waiting', answered, cpuMs, ...sliceReport() })
    else end(state)
  }

  function end(state: Exclude<VmState, { kind: 'waiting' }>): void {
    hasEnded = true
    // Told first: nobody but the next script waits for the memory to be what it was.
    send({ kind: 'ended', state, ...(reason && { reason }), ...sliceReport() })
    isClean = vm.reset()
  }

  return {
    id,
    get hasEnded() {
      return hasEnded
    },
    get isClean() {
      return isClean
    },
    get waitsForTools() {
      return !hasEnded && callsPending > 0
    },
    start: () => {
      answered += 1
      noteMemory()
      send({ kind: 'started', run: id })
      const host = {
        shouldInterrupt,
        onCall: (call: GuestPosts['calls'][number]) => {
          callsPending += 1
          posts.calls.push(call)
        },
        onTimer: (timer: GuestPosts['timers'][number]) => posts.timers.push(timer),
        onTimerCleared: (timer: number) => posts.timersCleared.push(timer),
        onLog: (line: GuestPosts['logs'][number]) => posts.logs.push(line),
        onLogDropped: () => {
          posts.logsDropped += 1
        },
      }
      slice(() => vm.start(start.script, host))
    },
    settle: message => {
      answered += 1
      wallLeftMs = message.wallLeftMs
      callsPending -= message.settlements.callIds.length
      slice(() => vm.settle(message.settlements))
    },
    abandon: () => {
      hasEnded = true
      isClean = vm.reset()
    },
  }
}
