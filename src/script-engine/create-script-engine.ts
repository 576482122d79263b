import { availableParallelism } from 'node:os'
import type {
  ScriptEngine,
  ScriptFailure,
  ScriptOutcome,
  ScriptRecording,
  ScriptReplay,
  ScriptRequest,
} from '../contracts/script.ts'
import { createToolRegistry } from './declarations/tool-registry.ts'
import { ScriptRun } from './host/script-run.ts'
import { createWorkerPool } from './host/worker-pool.ts'
import { unprepared } from './replay/replay-difference.ts'
import { ReplayRun } from './replay/replay-run.ts'
import { extractScripts } from './reply/extract-scripts.ts'
import { createParseProbe } from './source/parse-probe.ts'
import { createScriptCache } from './source/script-cache.ts'
import { createScriptPreparer } from './source/script-preparer.ts'
import { monotonicMs } from './thread/worker-messages.ts'

/** A script keeps its worker while it waits for tools, so there can be far more workers than processors. */
const WORKERS_PER_CPU = 8
const CACHED_SCRIPTS_MAX = 256
const CACHED_LENGTH_MAX = 8 * 1024 * 1024

export interface ScriptEngineOptions {
  /** How many scripts can run at once; further ones wait. A worker thread takes about 19 MB. */
  workers?: number
}

interface Beginning {
  stripMs: number
  wallMs: number
  cacheHit: boolean
}

/** What a script that never started leaves. */
function notStarted(failure: ScriptFailure, { cacheHit, stripMs, wallMs }: Beginning): ScriptOutcome {
  const none = { guestCpuMs: 0, bridgeMs: 0, freezeMs: 0, teardownMs: 0, toolWaitMs: 0, approvalMs: 0, timerWaitMs: 0 }
  const timings = { ...none, stripMs, startMs: wallMs - stripMs, wallMs, maxInFlight: 0 }
  return { ok: false, failure, logs: [], logsDropped: 0, calls: [], notices: [], cacheHit, timings }
}

/**
 * Runs model-written TypeScript against tools, each script in a machine of its own. Threads start with the first
 * script and keep the process alive only while a script runs.
 */
export function createScriptEngine(options: ScriptEngineOptions = {}): ScriptEngine {
  const pool = createWorkerPool(options.workers ?? availableParallelism() * WORKERS_PER_CPU)
  const preparer = createScriptPreparer()
  const probe = createParseProbe()
  const prepare = createScriptCache({
    ...{ entriesMax: CACHED_SCRIPTS_MAX, lengthMax: CACHED_LENGTH_MAX },
    prepare: preparer.prepare,
  })
  let runs = 0

  async function run(request: ScriptRequest): Promise<ScriptOutcome> {
    const startedMs = monotonicMs()
    pool.warm()
    preparer.warm()
    const { preparation, isHit: cacheHit } = await prepare(request.source)
    const stripMs = monotonicMs() - startedMs
    const stop = (failure: ScriptFailure) =>
      notStarted(failure, { cacheHit, stripMs, wallMs: monotonicMs() - startedMs })
    if (!preparation.ok) return stop(preparation.failure)
    const isCancelled = () => request.signal?.aborted === true
    const cancelled = { class: 'cancelled', message: 'the script was cancelled before it started' } as const
    if (isCancelled()) return stop(cancelled)
    try {
      const worker = await pool.acquire(request.signal)
      if (worker === undefined) return stop(cancelled)
      if (isCancelled()) {
        pool.release(worker)
        return stop(cancelled)
      }
      runs += 1
      const { script } = preparation
      const parts = { id: runs, worker, reader: preparer, script, request, startedMs, stripMs, cacheHit }
      return await new ScriptRun(parts).run().finally(() => pool.release(worker))
    } catch (error) {
      return stop({ class: 'killed', message: `the script could not run: ${(error as Error).message}` })
    }
  }

  async function replay(given: ScriptRecording): Promise<ScriptReplay> {
    // Its schema takes longer to load than all the rest, and few callers ever replay.
    const { readRecording } = await import('./replay/read-recording.ts')
    const reading = readRecording(given)
    if (!reading.ok) return { kind: 'unreadable', message: reading.error }
    const recording = reading.value
    const { preparation } = await prepare(recording.request.source)
    if (!preparation.ok) return unprepared(preparation.failure)
    try {
      const worker = await pool.acquire()
      if (worker === undefined) throw new Error('no worker')
      runs += 1
      const parts = { id: runs, worker, reader: preparer, script: preparation.script, recording }
      return await new ReplayRun(parts).run().finally(() => pool.release(worker))
    } catch (error) {
      return { kind: 'stopped', message: `the replay could not run: ${(error as Error).message}` }
    }
  }

  return {
    run,
    replay,
    extract: (text, leniency) => extractScripts(text, leniency, probe.begin()),
    declare: tools => createToolRegistry(tools).declare(),
    close: async () => {
      await Promise.all([pool.close(), preparer.close(), probe.close()])
    },
  }
}
