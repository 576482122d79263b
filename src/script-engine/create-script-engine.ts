import { availableParallelism } from 'node:os'
import type { ScriptEngine, ScriptFailure, ScriptOutcome, ScriptRequest } from '../contracts/script.ts'
import { declareTools } from './declare-tools.ts'
import { extractScripts } from './extract-scripts.ts'
import { createScriptCache } from './script-cache.ts'
import { ScriptRun } from './script-run.ts'
import { monotonicMs } from './worker-messages.ts'
import { createWorkerPool } from './worker-pool.ts'

/** A script holds its worker while it waits for tools, so there may be far more workers than processors. */
const WORKERS_PER_CPU = 8
const CACHED_SCRIPTS_MAX = 256

export interface ScriptEngineOptions {
  /** Scripts that may run at once; further ones wait. A worker thread takes about 19 MB. */
  workers?: number
}

/** What a script that never started leaves. */
function notStarted(failure: ScriptFailure, stripMs: number, wallMs: number): ScriptOutcome {
  const none = { startMs: 0, guestCpuMs: 0, bridgeMs: 0, freezeMs: 0, teardownMs: 0, toolWaitMs: 0, approvalMs: 0 }
  const timings = { ...none, stripMs, wallMs, maxInFlight: 0 }
  return { ok: false, failure, logs: [], logsDropped: 0, calls: [], notices: [], timings }
}

/**
 * Runs model-written TypeScript against tools, each script in a machine of its own. Threads start with the first
 * script and keep the process alive only while a script runs.
 */
export function createScriptEngine(options: ScriptEngineOptions = {}): ScriptEngine {
  const pool = createWorkerPool(options.workers ?? availableParallelism() * WORKERS_PER_CPU)
  const prepare = createScriptCache(CACHED_SCRIPTS_MAX)
  let runs = 0

  async function run(request: ScriptRequest): Promise<ScriptOutcome> {
    const startedMs = monotonicMs()
    pool.warm()
    const preparation = prepare(request.source)
    const stripMs = monotonicMs() - startedMs
    const stop = (failure: ScriptFailure) => notStarted(failure, stripMs, monotonicMs() - startedMs)
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
      const parts = { id: runs, worker, script: preparation.script, request, startedMs, stripMs }
      return await new ScriptRun(parts).run().finally(() => pool.release(worker))
    } catch (error) {
      return stop({ class: 'killed', message: `the script could not run: ${(error as Error).message}` })
    }
  }

  return { run, extract: extractScripts, declare: declareTools, close: pool.close }
}
