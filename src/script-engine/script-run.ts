import type { ScriptFailure, ScriptLog, ScriptOutcome, ScriptRequest } from '../contracts/script.ts'
import { seededRandom } from '../contracts/random.ts'
import { createApprovalBridge } from './approval-bridge.ts'
import { callIntervals } from './call-intervals.ts'
import type { PreparedScript } from './prepare-script.ts'
import { createPromiseTracker, type Settlement } from './promise-tracker.ts'
import { endPendingCalls, ledgerOf } from './run-ending.ts'
import { createRunGuard } from './run-guard.ts'
import { createRunLogs } from './run-logs.ts'
import { interruptFailure, scriptFailure } from './script-failure.ts'
import type { VmScript } from './script-vm.ts'
import type { ScriptWorker } from './script-worker.ts'
import { createStopwatch } from './stopwatch.ts'
import { createToolRegistry } from './tool-registry.ts'
import { type FromWorker, type GuestPosts, type InterruptReason, monotonicMs, type RunTimes } from './worker-messages.ts'

interface Parts {
  id: number
  worker: ScriptWorker
  script: PreparedScript
  request: ScriptRequest
  /** When `run` was called, on the shared clock. */
  startedMs: number
  stripMs: number
}

/** How the script itself ended; what its pending calls do comes after. */
type Ending =
  | { ok: true; json?: string; unawaitedAt: readonly string[]; times?: RunTimes | undefined }
  | { ok: false; failure: ScriptFailure; times?: RunTimes | undefined }

function randomWords(seed: string): VmScript['randomWords'] {
  const random = seededRandom(seed)
  const word = () => Math.floor(random() * 2 ** 32)
  return [word(), word(), word(), word()]
}

/**
 * One script from its start in a ready worker to its outcome. Resolves, never rejects; when it has resolved the worker
 * is idle or dead and no call of the script runs, except one that ignores its signal.
 */
export async function runInWorker({ id, worker, script, request, startedMs, stripMs }: Parts): Promise<ScriptOutcome> {
  const { limits } = request
  const nowMs = () => monotonicMs() - startedMs
  const ended = Promise.withResolvers<Ending>()
  const registry = createToolRegistry(request.tools)
  const approvals = createApprovalBridge(nowMs, updateClock)
  const logs = createRunLogs(request.limits.outputBytesMax, request.onLog)
  const wall = createStopwatch(nowMs)
  const guard = createRunGuard({
    heartbeat: worker.heartbeat,
    onHang: () => hang(),
    onTimeUp: () => finishIdle('wall'),
  })
  const timers = new Map<number, NodeJS.Timeout>()
  let settlements: Settlement[] = []
  let dueTimers: number[] = []
  let isFlushPlanned = false
  let isBusy = true
  let isOver = false
  let sent = 0
  let cpuMs = 0
  let guestStartedMs = 0
  let transitMs = 0
  let resetMs = 0

  const tracker = createPromiseTracker({
    ...{ request, registry, approvals, nowMs },
    onSettled: settlement => {
      settlements.push(settlement)
      planFlush()
    },
  })

  function updateClock(): void {
    if (isOver) return
    wall.run(!approvals.isPending && (isBusy || tracker.pendingCount === 0))
    if (!isBusy) guard.waiting(!approvals.isPending && tracker.pendingCount === 0 ? wallLeftMs() : undefined)
  }
  const wallLeftMs = () => limits.wallTimeMs - wall.totalMs()

  function setBusy(bytes: number): void {
    isBusy = true
    updateClock()
    guard.busy(Math.min(limits.cpuTimeMs - cpuMs, wallLeftMs()), bytes)
  }

  function planFlush(): void {
    if (isFlushPlanned) return
    isFlushPlanned = true
    queueMicrotask(flush)
  }

  function flush(): void {
    isFlushPlanned = false
    if (isOver || settlements.length + dueTimers.length === 0) return
    const calls = settlements.map(each => `[${each.id},${each.isOk},${each.json}]`).join(',')
    const json = `{"calls":[${calls}],"timers":[${dueTimers.join(',')}]}`
    const callIds = settlements.map(each => each.id)
    const settled = { json, callIds, timerIds: dueTimers, elapsedMs: Math.floor(nowMs()) }
    settlements = []
    dueTimers = []
    sent += 1
    worker.send({ kind: 'settle', run: id, settlements: settled, wallLeftMs: wallLeftMs(), sentMs: monotonicMs() })
    setBusy(json.length)
  }

  function receivePosts(posts: GuestPosts): void {
    for (const line of posts.logs) logs.add(line)
    for (const call of posts.calls) tracker.add(call)
    for (const timer of posts.timers) {
      const fire = () => {
        timers.delete(timer.id)
        dueTimers.push(timer.id)
        planFlush()
      }
      timers.set(timer.id, setTimeout(fire, timer.delayMs))
    }
    for (const timer of posts.timersCleared) {
      clearTimeout(timers.get(timer))
      timers.delete(timer)
    }
  }

  function end(ending: Ending): void {
    if (isOver) return
    isOver = true
    guard.stop()
    wall.run(false)
    for (const timer of timers.values()) clearTimeout(timer)
    request.signal?.removeEventListener('abort', cancel)
    ended.resolve(ending)
  }

  function fail(failure: ScriptFailure, times?: RunTimes): void {
    end({ ok: false, failure, times })
  }

  /** Ends a script that computes nothing: its worker stays. */
  function finishIdle(reason: InterruptReason): void {
    if (isOver) return
    worker.send({ kind: 'abandon', run: id })
    fail(interruptFailure(script, reason, limits))
  }

  function hang(): void {
    const isCpu = limits.cpuTimeMs - cpuMs <= wallLeftMs()
    const reason = request.signal?.aborted ? 'cancelled' : isCpu ? 'cpu' : 'wall'
    fail(interruptFailure(script, reason, limits))
    void worker.terminate()
  }

  function cancel(): void {
    if (isOver) return
    if (!isBusy) return finishIdle('cancelled')
    worker.requestCancel(id)
    guard.busy(0, 0)
  }

  function receive(message: FromWorker): void {
    if (isOver || !('run' in message) || message.run !== id) return
    if (message.kind === 'started') {
      guestStartedMs = message.atMs - startedMs
      return
    }
    if (message.kind === 'posts') return receivePosts(message.posts)
    if (tracker.pendingCount === 0) transitMs += monotonicMs() - message.sentMs
    if (message.kind === 'waiting') {
      cpuMs = message.cpuMs
      isBusy = message.answered < sent
      receivePosts(message.posts)
      updateClock()
      if (!isBusy && settlements.length + dueTimers.length + timers.size === 0) request.onWaiting?.(tracker.pendingIds())
      return
    }
    const { state, times, reason } = message
    receivePosts(message.posts)
    resetMs = message.resetMs
    if (state.kind === 'failed') return fail(scriptFailure(script, state.failure, limits, reason), times)
    const bytes = logs.bytes + (state.json === undefined ? 0 : Buffer.byteLength(state.json))
    if (bytes <= limits.outputBytesMax) return end({ ok: true, ...state, times })
    fail(scriptFailure(script, { kind: 'output-too-large', lengthMin: bytes - 1 }, limits), times)
  }

  worker.listen(receive)
  worker.onDeath(message => fail({ class: 'killed', message: `the script's worker died: ${message}` }))
  request.signal?.addEventListener('abort', cancel)
  sent += 1
  worker.send({
    kind: 'start',
    run: id,
    memoryBytesMax: limits.memoryBytesMax,
    cpuTimeMs: limits.cpuTimeMs,
    wallLeftMs: limits.wallTimeMs,
    script: {
      code: script.code,
      contextJson: JSON.stringify(request.context),
      toolNames: registry.names,
      randomWords: randomWords(request.seed),
      nowMs: request.nowMs,
      toolCallsMax: limits.toolCallsMax,
      outputBytesMax: limits.outputBytesMax,
      stackBytesMax: limits.stackBytesMax,
    },
  })
  setBusy(script.code.length)
  if (request.signal?.aborted) cancel()
  return finish(await ended.promise)

  async function finish(ending: Ending): Promise<ScriptOutcome> {
    const endedMs = nowMs()
    const isCancelled = !ending.ok && ending.failure.class === 'cancelled'
    const notices = await endPendingCalls({ tracker, script, limits, isCancelled })
    const calls = ledgerOf(tracker)
    if (ending.ok) {
      if (ending.json === undefined && logs.lines.length === 0) {
        notices.push('the script returned nothing and printed nothing: `return` a value, or print one with console.log')
      }
      if (ending.unawaitedAt.length > 0) {
        const places = ending.unawaitedAt.map(place => `result${place}`).join(', ')
        notices.push(`${places}: a promise that was not awaited, shown as {}; use await or await Promise.all(…)`)
      }
    }
    if (logs.dropped > 0) notices.push(`${logs.dropped} console lines were dropped: 20 a second and 200 in all are kept`)
    const wallMs = nowMs()
    const { unionMs, sumMs } = callIntervals(tracker.calls, wallMs)
    const times = ending.times
    const timings = {
      stripMs,
      startMs: guestStartedMs - stripMs + (times?.startMs ?? 0),
      guestCpuMs: times?.guestCpuMs ?? cpuMs,
      bridgeMs: (times?.bridgeMs ?? 0) + (times?.transitMs ?? 0) + transitMs,
      freezeMs: times?.freezeMs ?? 0,
      teardownMs: resetMs + (unionMs > 0 && wallMs - endedMs > 1 ? 0 : wallMs - endedMs),
      toolWaitMs: unionMs,
      approvalMs: approvals.totalMs(),
      wallMs,
      maxInFlight: tracker.maxInFlight,
      ...(unionMs > 0 && { utilisation: sumMs / unionMs }),
    }
    const report = { logs: logs.lines satisfies ScriptLog[], logsDropped: logs.dropped, calls, notices, timings }
    if (!ending.ok) return { ok: false, failure: ending.failure, ...report }
    return ending.json === undefined ? { ok: true, ...report } : { ok: true, value: JSON.parse(ending.json), ...report }
  }
}
