import type { ScriptFailure, ScriptOutcome, ScriptRequest } from '../contracts/script.ts'
import { type ApprovalBridge, createApprovalBridge } from './approval-bridge.ts'
import type { PreparedScript } from './prepare-script.ts'
import { createPromiseTracker, type PromiseTracker, type Settlement } from './promise-tracker.ts'
import { createRunGuard, type RunGuard } from './run-guard.ts'
import { createRunLogs, type RunLogs } from './run-logs.ts'
import { type Ending, reportRun } from './run-report.ts'
import { createRunTimers, type RunTimers } from './run-timers.ts'
import { interruptFailure, scriptFailure } from './script-failure.ts'
import type { ScriptWorker } from './script-worker.ts'
import { createStopwatch, type Stopwatch } from './stopwatch.ts'
import { createToolRegistry, type ToolRegistry } from './tool-registry.ts'
import { vmScriptOf } from './vm-script-of.ts'
import { type FromWorker, type GuestPosts, type InterruptReason, monotonicMs } from './worker-messages.ts'

/** How long a worker may take to begin. */
const START_MS_MAX = 20_000

export interface ScriptRunParts {
  id: number
  worker: ScriptWorker
  script: PreparedScript
  request: ScriptRequest
  /** When the engine was asked, on the shared clock. */
  startedMs: number
  stripMs: number
}

/** What the main thread measures of a run; milliseconds since `startedMs`. */
export interface RunMeasures {
  guestStartedMs: number
  /** Processor time of the guest, as far as the worker has told. */
  cpuMs: number
  /** Messages under way while neither the guest nor a tool worked. */
  transitMs: number
  resetMs: number
}

/** One script from its start in a ready worker to its outcome; owns its calls, timers and clocks. */
export class ScriptRun {
  readonly parts: ScriptRunParts
  readonly logs: RunLogs
  readonly tracker: PromiseTracker
  readonly approvals: ApprovalBridge
  readonly measures: RunMeasures = { guestStartedMs: 0, cpuMs: 0, transitMs: 0, resetMs: 0 }
  readonly #registry: ToolRegistry
  readonly #ended = Promise.withResolvers<Ending>()
  readonly #guard: RunGuard
  readonly #wall: Stopwatch
  readonly #timers: RunTimers
  #settlements: Settlement[] = []
  #dueTimers: number[] = []
  #isFlushPlanned = false
  /** The guest computes, or has a message to answer. */
  #isBusy = true
  /** The worker has begun; until then it may still be making a fresh machine, which no budget counts. */
  #isStarted = false
  #isOver = false
  #sent = 0
  /** Since when neither the guest nor a tool has worked. */
  #quietFromMs: number | undefined

  constructor(parts: ScriptRunParts) {
    const { request, worker } = parts
    const nowMs = () => this.nowMs()
    this.parts = parts
    this.logs = createRunLogs(request.limits.outputBytesMax, request.onLog)
    this.approvals = createApprovalBridge(nowMs, () => this.#updateClock())
    this.#registry = createToolRegistry(request.tools)
    this.#wall = createStopwatch(nowMs)
    this.#guard = createRunGuard({
      heartbeat: worker.heartbeat,
      onHang: () => this.#hang(),
      onTimeUp: () => this.#finishIdle('wall'),
    })
    this.#timers = createRunTimers(id => {
      this.#dueTimers.push(id)
      this.#planFlush()
    })
    const { approvals } = this
    this.tracker = createPromiseTracker({
      ...{ request, registry: this.#registry, approvals, nowMs },
      onSettled: settlement => {
        this.#settlements.push(settlement)
        this.#planFlush()
      },
    })
  }

  nowMs(): number {
    return monotonicMs() - this.parts.startedMs
  }

  /**
   * Resolves, never rejects. Afterwards the worker is idle or dead and no call of the script runs, except one that
   * ignores its signal.
   */
  async run(): Promise<ScriptOutcome> {
    const { id, worker, script, request } = this.parts
    const { limits, signal } = request
    const vmScript = vmScriptOf(script, request, this.#registry.names)
    worker.listen({
      onMessage: message => this.#receive(message),
      onDeath: message => this.#fail({ class: 'killed', message: `the script's worker died: ${message}` }),
    })
    signal?.addEventListener('abort', this.#cancel)
    this.#sent += 1
    worker.send({
      ...{ kind: 'start', run: id, memoryBytesMax: limits.memoryBytesMax },
      ...{ cpuTimeMs: limits.cpuTimeMs, wallLeftMs: limits.wallTimeMs, script: vmScript },
    })
    this.#guard.busy(START_MS_MAX)
    return reportRun(this, await this.#ended.promise)
  }

  get #isCancelled(): boolean {
    return this.parts.request.signal?.aborted === true
  }

  #wallLeftMs(): number {
    return this.parts.request.limits.wallTimeMs - this.#wall.totalMs()
  }

  /** The wall budget does not run while an approval is pending, nor while the guest waits for tools. */
  #updateClock(): void {
    if (this.#isOver || !this.#isStarted) return
    const isHeld = this.approvals.isPending || (!this.#isBusy && this.tracker.pendingCount > 0)
    this.#wall.run(!isHeld)
    if (!this.#isBusy) this.#guard.waiting(isHeld ? undefined : this.#wallLeftMs())
  }

  #becomeBusy(bytes: number): void {
    this.#isBusy = true
    this.#updateClock()
    const wallLeftMs = this.#wallLeftMs()
    const leftMs = Math.min(this.parts.request.limits.cpuTimeMs - this.measures.cpuMs, wallLeftMs)
    this.#guard.busy(leftMs, { bytes, patienceMs: wallLeftMs - leftMs })
  }

  #planFlush(): void {
    const isLast = this.tracker.pendingCount === 0
    if (isLast) this.#quietFromMs = this.nowMs()
    if (this.#isFlushPlanned && !isLast) return
    this.#isFlushPlanned = true
    // With others pending, late enough to gather all that settles in one turn of the event loop.
    if (isLast) queueMicrotask(() => this.#flush())
    else setImmediate(() => this.#flush())
  }

  #flush(): void {
    this.#isFlushPlanned = false
    if (this.#isOver || this.#isCancelled || this.#settlements.length + this.#dueTimers.length === 0) return
    const { id, worker } = this.parts
    const calls = this.#settlements.map(each => `[${each.id},${each.isOk},${each.json}]`).join(',')
    const json = `{"calls":[${calls}],"timers":[${this.#dueTimers.join(',')}]}`
    const callIds = this.#settlements.map(each => each.id)
    const settlements = { json, callIds, timerIds: this.#dueTimers, elapsedMs: Math.floor(this.nowMs()) }
    this.#settlements = []
    this.#dueTimers = []
    this.#sent += 1
    worker.send({ kind: 'settle', run: id, settlements, wallLeftMs: this.#wallLeftMs() })
    this.#becomeBusy(json.length)
  }

  #receive(message: FromWorker): void {
    if (this.#isOver || !('run' in message) || message.run !== this.parts.id) return
    try {
      if (message.kind === 'started') this.#receiveStarted(message.atMs)
      else if (message.kind === 'posts') this.#receivePosts(message.posts)
      else if (message.kind === 'waiting') this.#receiveWaiting(message)
      else this.#receiveEnded(message)
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error)
      this.#fail({ class: 'killed', message: `a hook of the script's caller threw: ${text}` })
      void this.parts.worker.terminate()
    }
  }

  #receiveStarted(atMs: number): void {
    this.measures.guestStartedMs = atMs - this.parts.startedMs
    this.#isStarted = true
    this.#becomeBusy(0)
    if (this.#isCancelled) this.#cancel()
  }

  #receivePosts(posts: GuestPosts): void {
    for (const line of posts.logs) this.logs.add(line)
    this.logs.drop(posts.logsDropped)
    for (const call of posts.calls) this.tracker.add(call)
    this.#timers.receive(posts)
  }

  /** Takes what a slice posted, and counts the time in which messages were all that moved. */
  #receiveSlice(message: Extract<FromWorker, { sliceStartMs: number }>): void {
    const { measures, tracker } = this
    const { startedMs } = this.parts
    if (this.#quietFromMs !== undefined) {
      measures.transitMs += Math.max(0, message.sliceStartMs - startedMs - this.#quietFromMs)
      this.#quietFromMs = undefined
    }
    const isQuiet = tracker.pendingCount === 0
    const callsBefore = tracker.calls.length
    this.#receivePosts(message.posts)
    const nextMs = tracker.calls[callsBefore]?.startedMs ?? this.nowMs()
    if (isQuiet) measures.transitMs += Math.max(0, nextMs - (message.sentMs - startedMs))
  }

  #receiveWaiting(message: Extract<FromWorker, { kind: 'waiting' }>): void {
    this.measures.cpuMs = message.cpuMs
    this.#isBusy = message.answered < this.#sent
    this.#receiveSlice(message)
    // Cancelled while it computed: its calls are settled no more, so nothing else would ever end it.
    if (this.#isCancelled && !this.#isBusy) {
      this.#finishIdle('cancelled')
      return
    }
    this.#updateClock()
    if (this.#isBusy || this.#settlements.length + this.#dueTimers.length + this.#timers.pendingCount > 0) return
    this.parts.request.onWaiting?.(this.tracker.pendingIds())
  }

  #receiveEnded(message: Extract<FromWorker, { kind: 'ended' }>): void {
    const { measures, logs } = this
    const { script, request } = this.parts
    const { limits } = request
    const { state, times, reason } = message
    this.#receiveSlice(message)
    measures.resetMs = message.resetMs
    measures.transitMs -= Math.min(measures.transitMs, message.resetMs)
    if (this.#isCancelled && reason === undefined) {
      this.#fail(interruptFailure(script, 'cancelled', limits), times)
      return
    }
    if (state.kind === 'failed') {
      this.#fail(scriptFailure(script, state.failure, limits, reason), times)
      return
    }
    const bytes = logs.bytes + (state.json === undefined ? 0 : Buffer.byteLength(state.json))
    const tooLarge = { kind: 'output-too-large', lengthMin: bytes } as const
    if (bytes <= limits.outputBytesMax) this.#end({ ok: true, ...state, times })
    else this.#fail(scriptFailure(script, tooLarge, limits), times)
  }

  #end(ending: Ending): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#guard.stop()
    this.#wall.run(false)
    this.#timers.stop()
    this.parts.request.signal?.removeEventListener('abort', this.#cancel)
    this.#ended.resolve(ending)
  }

  #fail(failure: ScriptFailure, times?: Ending['times']): void {
    this.#end({ ok: false, failure, times })
  }

  /** Ends a script that computes nothing: its worker stays. */
  #finishIdle(reason: InterruptReason): void {
    if (this.#isOver) return
    const { id, worker, script, request } = this.parts
    worker.send({ kind: 'abandon', run: id })
    this.#fail(interruptFailure(script, reason, request.limits))
  }

  #hang(): void {
    this.#fail(this.#hangFailure())
    void this.parts.worker.terminate()
  }

  #hangFailure(): ScriptFailure {
    const { script, request } = this.parts
    if (this.#isCancelled) return interruptFailure(script, 'cancelled', request.limits)
    if (!this.#isStarted) return { class: 'killed', message: 'the worker did not begin the script' }
    const isCpu = request.limits.cpuTimeMs - this.measures.cpuMs <= this.#wallLeftMs()
    return interruptFailure(script, isCpu ? 'cpu' : 'wall', request.limits)
  }

  readonly #cancel = (): void => {
    if (this.#isOver) return
    this.tracker.close()
    if (!this.#isBusy) {
      this.#finishIdle('cancelled')
      return
    }
    this.parts.worker.requestCancel(this.parts.id)
    if (this.#isStarted) this.#guard.busy(0)
  }
}
