import { errorText } from '../../base/error-text.ts'
import type { ScriptFailure, ScriptOutcome, ScriptRequest } from '../../contracts/script.ts'
import { createToolRegistry, type ToolRegistry } from '../declarations/tool-registry.ts'
import { interruptFailure } from '../failure/script-failure.ts'
import { createScriptRecorder, type ScriptRecorder } from '../replay/script-recorder.ts'
import type { PreparedScript } from '../source/prepare-script.ts'
import type { ScriptReader } from '../source/script-preparer.ts'
import { createStopwatch, type Stopwatch } from '../thread/stopwatch.ts'
import { type FromWorker, type GuestPosts, type InterruptReason, monotonicMs } from '../thread/worker-messages.ts'
import { type ApprovalBridge, createApprovalBridge } from './approval-bridge.ts'
import { createPromiseTracker, type PromiseTracker, type Settlement } from './promise-tracker.ts'
import { createRunGuard, type RunGuard, START_MS_MAX } from './run-guard.ts'
import { createRunLogs, type RunLogs } from './run-logs.ts'
import { reportRun } from './run-report.ts'
import { createRunTimeline, type RunTimeline } from './run-timeline.ts'
import { createRunTimers, type RunTimers } from './run-timers.ts'
import { type ScriptEnd, scriptEndOf } from './script-end.ts'
import type { ScriptWorker } from './script-worker.ts'
import { vmScriptOf } from './vm-script-of.ts'

export interface ScriptRunParts {
  id: number
  worker: ScriptWorker
  reader: ScriptReader
  script: PreparedScript
  request: ScriptRequest
  /** When the engine was asked, on the shared clock. */
  startedMs: number
  stripMs: number
  /** The script was prepared before. */
  cacheHit: boolean
}

/** One script from its start in a ready worker to its outcome; owns its calls, timers and clocks. */
export class ScriptRun {
  readonly parts: ScriptRunParts
  readonly logs: RunLogs
  readonly tracker: PromiseTracker
  readonly approvals: ApprovalBridge
  readonly timers: RunTimers
  readonly timeline: RunTimeline
  readonly recorder: ScriptRecorder | undefined
  readonly #registry: ToolRegistry
  readonly #ended = Promise.withResolvers<ScriptEnd>()
  readonly #guard: RunGuard
  readonly #wall: Stopwatch
  /** Processor time of the guest, as far as the worker has reported. */
  #cpuMs = 0
  #settlements: Settlement[] = []
  #dueTimers: number[] = []
  #isFlushPlanned = false
  /** The guest computes, or has a message to answer. */
  #isBusy = true
  /** The worker has begun; until then it can still be making a fresh machine, which no budget counts. */
  #isStarted = false
  #isOver = false
  #sent = 0
  #answered = 0

  constructor(parts: ScriptRunParts) {
    const { request, worker } = parts
    const nowMs = () => this.nowMs()
    this.parts = parts
    this.logs = createRunLogs(request.limits.outputBytesMax, request.onLog)
    this.approvals = createApprovalBridge(nowMs, () => this.#updateClock())
    this.timeline = createRunTimeline(parts.startedMs, nowMs)
    this.recorder = request.record ? createScriptRecorder(request) : undefined
    this.#registry = createToolRegistry(request.tools)
    this.#wall = createStopwatch(nowMs)
    this.#guard = createRunGuard({
      heartbeat: worker.heartbeat,
      onHang: () => this.#hang(),
      onTimeUp: () => this.#finishIdle('wall'),
    })
    this.timers = createRunTimers(nowMs, id => {
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

  /** Absent when the guest never started. */
  get memoryPeakBytes(): number | undefined {
    return this.#isStarted ? this.parts.worker.memoryBytes() : undefined
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
    this.timeline.computes()
    this.#updateClock()
    const wallLeftMs = this.#wallLeftMs()
    const leftMs = Math.min(this.parts.request.limits.cpuTimeMs - this.#cpuMs, wallLeftMs)
    this.#guard.busy(leftMs, { bytes, patienceMs: wallLeftMs - leftMs })
  }

  #planFlush(): void {
    const isLast = this.tracker.pendingCount === 0
    if (this.#isFlushPlanned && !isLast) return
    this.#isFlushPlanned = true
    // With others pending, late enough to gather all that settles in one turn of the event loop.
    const flush = () => this.#guarded('its results cannot be delivered', () => this.#flush())
    if (isLast) queueMicrotask(flush)
    else setImmediate(flush)
  }

  /** What throws here is the caller's or the host's fault; nothing could catch it. */
  #guarded(what: string, act: () => void): void {
    try {
      act()
    } catch (error) {
      this.#fail({ class: 'killed', message: `${what}: ${errorText(error)}` })
      void this.parts.worker.terminate()
    }
  }

  #flush(): void {
    this.#isFlushPlanned = false
    if (this.#isOver || this.#isCancelled || this.#settlements.length + this.#dueTimers.length === 0) return
    const { id, worker } = this.parts
    const calls = this.#settlements.map(each => `[${each.id},${each.isOk},${each.json}]`).join(',')
    const json = `{"calls":[${calls}],"timers":[${this.#dueTimers.join(',')}]}`
    const callIds = this.#settlements.map(each => each.id)
    const settlements = { json, callIds, timerIds: this.#dueTimers, elapsedMs: Math.floor(this.nowMs()) }
    this.recorder?.deliver({
      elapsedMs: settlements.elapsedMs,
      calls: this.#settlements.map(each => ({ call: each.id, ok: each.isOk, json: each.json })),
      timers: this.#dueTimers,
    })
    this.#settlements = []
    this.#dueTimers = []
    this.#sent += 1
    worker.send({ kind: 'settle', run: id, settlements, wallLeftMs: this.#wallLeftMs() })
    this.#becomeBusy(json.length)
  }

  #receive(message: FromWorker): void {
    if (this.#isOver || !('run' in message) || message.run !== this.parts.id) return
    this.#guarded("a hook of the script's caller threw", () => {
      if (message.kind === 'started') this.#receiveStarted()
      else if (message.kind === 'posts') this.#receivePosts(message.posts)
      else if (message.kind === 'waiting') this.#receiveWaiting(message)
      else if (message.kind === 'ended') this.#receiveEnded(message)
    })
  }

  #receiveStarted(): void {
    this.#isStarted = true
    this.#becomeBusy(0)
    if (this.#isCancelled) this.#cancel()
  }

  #receivePosts(posts: GuestPosts): void {
    for (const line of posts.logs) this.logs.add(line)
    this.logs.drop(posts.logsDropped)
    for (const call of posts.calls) {
      this.recorder?.call(call)
      this.tracker.add(call)
    }
    this.timers.receive(posts)
  }

  #receiveWaiting(message: Extract<FromWorker, { kind: 'waiting' }>): void {
    this.#cpuMs = message.cpuMs
    this.#answered = message.answered
    this.#isBusy = message.answered < this.#sent
    this.timeline.add(message)
    if (this.#isBusy) this.timeline.computes()
    this.#receivePosts(message.posts)
    // Cancelled while it computed: its calls are settled no more, so nothing else would ever end it.
    if (this.#isCancelled && !this.#isBusy) {
      this.#finishIdle('cancelled')
      return
    }
    this.#updateClock()
    if (this.#isBusy || this.#settlements.length + this.#dueTimers.length + this.timers.pendingCount > 0) return
    this.parts.request.onWaiting?.(this.tracker.pendingIds())
  }

  #receiveEnded(message: Extract<FromWorker, { kind: 'ended' }>): void {
    const { script, request } = this.parts
    const { limits } = request
    this.timeline.add(message)
    this.#receivePosts(message.posts)
    if (this.#isCancelled && message.reason === undefined) this.#fail(interruptFailure('cancelled', limits))
    else this.#end(scriptEndOf(message, { script, limits, logs: this.logs }))
  }

  #end(end: ScriptEnd): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#guard.stop()
    this.#wall.run(false)
    this.timers.stop()
    this.timeline.end()
    // The worker has answered all but one message, not counting the start; it can be at the next one, never further.
    this.recorder?.taken(this.#answered)
    this.parts.request.signal?.removeEventListener('abort', this.#cancel)
    this.#ended.resolve(end)
  }

  #fail(failure: ScriptFailure): void {
    this.#end({ ok: false, failure })
  }

  /** Ends a script that computes nothing: its worker stays. */
  #finishIdle(reason: InterruptReason): void {
    if (this.#isOver) return
    const { id, worker, request } = this.parts
    worker.send({ kind: 'abandon', run: id })
    this.#fail(interruptFailure(reason, request.limits))
  }

  #hang(): void {
    this.#fail(this.#hangFailure())
    void this.parts.worker.terminate()
  }

  #hangFailure(): ScriptFailure {
    const { request } = this.parts
    if (this.#isCancelled) return interruptFailure('cancelled', request.limits)
    if (!this.#isStarted) return { class: 'killed', message: 'the worker did not begin the script' }
    const isCpu = request.limits.cpuTimeMs - this.#cpuMs <= this.#wallLeftMs()
    return interruptFailure(isCpu ? 'cpu' : 'wall', request.limits)
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
