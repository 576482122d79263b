import { type ScriptWorker, startScriptWorker } from './script-worker.ts'

/** Worker threads, each for one script at a time, and one warm spare beside those in use. */
export interface WorkerPool {
  /** Starts what the first script will need. */
  warm(): void
  /**
   * Resolves with a ready worker; waits while all are in use, until the signal aborts: then with `undefined`. Rejects
   * when workers cannot be started, or once closed.
   */
  acquire(signal?: AbortSignal): Promise<ScriptWorker | undefined>
  release(worker: ScriptWorker): void
  close(): Promise<void>
}

interface Waiting {
  resolve(worker: ScriptWorker | undefined): void
  reject(error: Error): void
}

/** A script that had to be killed seldom comes alone, and a thread takes longer to start than the next one to hang. */
const SPARES_AFTER_KILL = 2
/** A spare started sooner would compete with the first script for the processors. */
const FIRST_SPARE_DELAY_MS = 100

export function createWorkerPool(workersMax: number): WorkerPool {
  const idle: ScriptWorker[] = []
  const alive = new Set<ScriptWorker>()
  const ready = new WeakSet<ScriptWorker>()
  const waiting = new Set<Waiting>()
  let busy = 0
  let compiled: WebAssembly.Module | undefined
  let isClosed = false
  let hasServed = false
  let spares = 1

  function spawn(): ScriptWorker {
    const worker: ScriptWorker = startScriptWorker(compiled, () => {
      alive.delete(worker)
      const index = idle.indexOf(worker)
      if (index >= 0) idle.splice(index, 1)
      else if (ready.has(worker)) spares = SPARES_AFTER_KILL
    })
    alive.add(worker)
    worker.ready.then(
      module => {
        compiled = module
        ready.add(worker)
      },
      () => {},
    )
    return worker
  }

  /** The second worker waits for the first to compile what both need. */
  function keepSpare(): void {
    if (isClosed || compiled === undefined || busy >= workersMax) return
    while (idle.length < spares) idle.unshift(spawn())
  }

  /** The last of those that need not be waited for. */
  function pick(): ScriptWorker {
    const index = idle.findLastIndex(worker => ready.has(worker) && !worker.isMending)
    return (index < 0 ? idle.pop() : idle.splice(index, 1)[0]) ?? spawn()
  }

  async function take(): Promise<ScriptWorker> {
    const worker = pick()
    worker.setBusy(true)
    try {
      await worker.ready
      if (isClosed) throw new Error('the script engine is closed')
      return worker
    } catch (error) {
      freeOne()
      throw error
    } finally {
      if (hasServed) keepSpare()
      else setTimeout(keepSpare, FIRST_SPARE_DELAY_MS).unref()
      hasServed = true
    }
  }

  /** Hands the free place to whoever waits longest. */
  function freeOne(): void {
    const [next] = waiting
    if (next === undefined) {
      busy -= 1
      return
    }
    waiting.delete(next)
    take().then(next.resolve, next.reject)
  }

  /** Who has got a place keeps it, even when the signal aborts before its worker is ready. */
  function waitForPlace(signal: AbortSignal | undefined): Promise<ScriptWorker | undefined> {
    const { promise, resolve, reject } = Promise.withResolvers<ScriptWorker | undefined>()
    const entry = { resolve, reject }
    const leave = () => {
      if (waiting.delete(entry)) resolve(undefined)
    }
    waiting.add(entry)
    signal?.addEventListener('abort', leave)
    return promise.finally(() => signal?.removeEventListener('abort', leave))
  }

  return {
    warm: () => {
      if (!isClosed && alive.size === 0) idle.push(spawn())
    },
    acquire: signal => {
      if (isClosed) return Promise.reject(new Error('the script engine is closed'))
      if (busy >= workersMax) return waitForPlace(signal)
      busy += 1
      return take()
    },
    release: worker => {
      worker.listen(undefined)
      worker.setBusy(false)
      if (worker.isAlive && !isClosed) {
        // The next script takes the last of them, and need not wait for a machine in the making.
        if (worker.isMending) idle.unshift(worker)
        else idle.push(worker)
      }
      freeOne()
      keepSpare()
    },
    close: async () => {
      isClosed = true
      for (const { reject } of waiting) reject(new Error('the script engine is closed'))
      waiting.clear()
      await Promise.all([...alive].map(worker => worker.terminate()))
    },
  }
}
