import type { ScriptRecording, ScriptReplay } from '../../contracts/script.ts'
import { createToolRegistry } from '../declarations/tool-registry.ts'
import { interruptFailure } from '../failure/script-failure.ts'
import { createRunGuard, type RunGuard, START_MS_MAX } from '../host/run-guard.ts'
import { createRunLogs } from '../host/run-logs.ts'
import { type ExplainedEnd, explainEnd, type ScriptEnd, scriptEndOf } from '../host/script-end.ts'
import type { ScriptWorker } from '../host/script-worker.ts'
import { vmScriptOf } from '../host/vm-script-of.ts'
import type { PreparedScript } from '../source/prepare-script.ts'
import type { ScriptReader } from '../source/script-preparer.ts'
import type { FromWorker, GuestPosts } from '../thread/worker-messages.ts'
import { callDifference, earlyEnd, endDifference, isOutsideEnd, lateEnd, logDifference } from './replay-difference.ts'

export interface ReplayRunParts {
  id: number
  worker: ScriptWorker
  reader: ScriptReader
  script: PreparedScript
  recording: ScriptRecording
}

/**
 * A recorded script once more: whenever it can only wait, it is given the next delivery of the recording; nothing else
 * reaches it. A guest runs each delivery to its end before it takes another, so the order of deliveries is all that
 * ever decides its races. A script that was stopped from outside is identical when everything up to its last delivery
 * agreed, and whatever both made after that.
 */
export class ReplayRun {
  readonly #parts: ReplayRunParts
  readonly #guard: RunGuard
  readonly #logs: ReturnType<typeof createRunLogs>
  readonly #result = Promise.withResolvers<ScriptReplay>()
  #calls = 0
  #delivered = 0
  #cpuMs = 0
  #isStarted = false
  #isBusy = true
  #isOver = false

  constructor(parts: ReplayRunParts) {
    this.#parts = parts
    this.#logs = createRunLogs(parts.recording.request.limits.outputBytesMax)
    // A replayed script never waits, so its time cannot run out while it does.
    this.#guard = createRunGuard({
      heartbeat: parts.worker.heartbeat,
      onHang: () => this.#hang(),
      onTimeUp: () => {},
    })
  }

  /** Resolves, never rejects. Afterwards the worker is idle or dead. */
  run(): Promise<ScriptReplay> {
    const { id, worker, script, recording } = this.#parts
    const { limits, tools } = recording.request
    worker.listen({
      onMessage: message => this.#receive(message),
      onDeath: message => this.#finish({ kind: 'stopped', message: `the replay's worker died: ${message}` }),
    })
    const { cpuTimeMs, memoryBytesMax, wallTimeMs } = limits
    const vmScript = vmScriptOf(script, recording.request, createToolRegistry(tools).names)
    const start = { run: id, memoryBytesMax, cpuTimeMs, wallLeftMs: wallTimeMs, script: vmScript }
    worker.send({ kind: 'start', ...start })
    this.#guard.busy(START_MS_MAX)
    return this.#result.promise
  }

  #receive(message: FromWorker): void {
    if (this.#isOver || !('run' in message) || message.run !== this.#parts.id) return
    if (message.kind === 'started') {
      this.#isStarted = true
      this.#watch(0)
    } else if (message.kind === 'posts') this.#take(message.posts)
    else if (message.kind === 'waiting') {
      this.#cpuMs = message.cpuMs
      this.#isBusy = false
      this.#take(message.posts)
      if (!this.#isOver) this.#deliver()
    } else {
      this.#isBusy = false
      this.#take(message.posts)
      const { script, recording } = this.#parts
      const parts = { script, limits: recording.request.limits, logs: this.#logs }
      if (!this.#isOver) void this.#end(scriptEndOf(message, parts))
    }
  }

  #watch(bytes: number): void {
    const { cpuTimeMs, wallTimeMs } = this.#parts.recording.request.limits
    const leftMs = Math.min(cpuTimeMs - this.#cpuMs, wallTimeMs)
    this.#guard.busy(leftMs, { bytes, patienceMs: wallTimeMs - leftMs })
  }

  #take(posts: GuestPosts): void {
    const { calls, deliveries, end } = this.#parts.recording
    for (const line of posts.logs) this.#logs.add(line)
    for (const { tool, argsJson } of posts.calls) {
      const recorded = calls[this.#calls]
      const isLastSlice = this.#delivered === deliveries.length
      if (recorded === undefined && isLastSlice && isOutsideEnd(end)) return
      this.#calls += 1
      if (recorded?.tool === tool && recorded.argsJson === argsJson) continue
      this.#finish(callDifference(this.#calls, recorded, { tool, argsJson }))
      return
    }
  }

  /** Gives the next delivery, or sees that the script waits for more than was recorded. */
  #deliver(): void {
    const { id, worker, recording } = this.#parts
    const delivery = recording.deliveries[this.#delivered]
    const isEarly = delivery?.calls.some(({ call }) => call > this.#calls) === true
    if (isEarly || (delivery === undefined && this.#calls < recording.calls.length)) {
      this.#finish(this.#missingCall())
      return
    }
    if (delivery === undefined) {
      if (isOutsideEnd(recording.end)) this.#conclude(recording.end)
      else this.#finish(lateEnd(recording.end))
      return
    }
    this.#delivered += 1
    this.#isBusy = true
    const calls = delivery.calls.map(({ call, ok, json }) => `[${call},${ok},${json}]`).join(',')
    const json = `{"calls":[${calls}],"timers":[${delivery.timers.join(',')}]}`
    const callIds = delivery.calls.map(({ call }) => call)
    const settlements = { json, callIds, timerIds: delivery.timers, elapsedMs: delivery.elapsedMs }
    worker.send({ kind: 'settle', run: id, settlements, wallLeftMs: recording.request.limits.wallTimeMs })
    this.#watch(json.length)
  }

  #hang(): void {
    const failure = interruptFailure('cpu', this.#parts.recording.request.limits)
    if (this.#isStarted) this.#conclude({ ok: false, failure })
    else this.#finish({ kind: 'stopped', message: 'the worker did not begin the script' })
  }

  #missingCall(): ScriptReplay {
    return callDifference(this.#calls + 1, this.#parts.recording.calls[this.#calls])
  }

  async #end(end: ScriptEnd): Promise<void> {
    this.#guard.stop()
    this.#conclude(await explainEnd(end, this.#parts.reader.explain))
  }

  /** The script has ended, or is where the recorded one was stopped. */
  #conclude(replayed: ExplainedEnd | ScriptRecording['end']): void {
    const { calls, deliveries, end, logs } = this.#parts.recording
    const isEarly = this.#delivered < deliveries.length
    const isOutside = isOutsideEnd(end)
    const linesMax = isOutside ? Math.min(logs.length, this.#logs.lines.length) : Number.POSITIVE_INFINITY
    const isShort = this.#calls < calls.length && (isEarly || !isOutside)
    this.#finish(
      (isShort ? this.#missingCall() : undefined) ??
        (isEarly ? earlyEnd(replayed) : endDifference(end, replayed)) ??
        logDifference(logs, this.#logs.lines, linesMax) ?? { kind: 'identical', calls: this.#calls },
    )
  }

  #finish(result: ScriptReplay): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#guard.stop()
    const { id, worker } = this.#parts
    if (this.#isBusy) void worker.terminate()
    else worker.send({ kind: 'abandon', run: id })
    this.#result.resolve(result)
  }
}
