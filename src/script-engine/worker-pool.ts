import { type ScriptWorker, startScriptWorker } from './script-worker.ts'

/** Worker threads, each for one script at a time, and one warm spare beside those in use. */
export interface WorkerPool {
  /** Starts what the first script will need. */
  warm(): void
  /** Resolves with a ready worker; waits while all are in use. Rejects when workers cannot be started, or once closed. */
  acquire(): Promise<ScriptWorker>
  release(worker: ScriptWorker): void
  close(): Promise<void>
}

export function createWorkerPool(workersMax: number): WorkerPool {
  const idle: ScriptWorker[] = []
  const alive = new Set<ScriptWorker>()
  const waiting: { resolve(worker: ScriptWorker): void; reject(error: Error): void }[] = []
  let busy = 0
  let compiled: WebAssembly.Module | undefined
  let isClosed = false

  function spawn(): ScriptWorker {
    const worker: ScriptWorker = startScriptWorker(compiled, () => {
      alive.delete(worker)
      const index = idle.indexOf(worker)
      if (index >= 0) idle.splice(index, 1)
    })
    alive.add(worker)
    worker.ready.then(
      module => {
        compiled = module
      },
      () => {},
    )
    return worker
  }

  /** The second worker waits for the first to compile what both need. */
  function keepSpare(): void {
    if (isClosed || idle.length > 0 || compiled === undefined || busy >= workersMax) return
    idle.push(spawn())
  }

  async function take(): Promise<ScriptWorker> {
    const worker = idle.pop() ?? spawn()
    worker.setBusy(true)
    try {
      await worker.ready
      if (isClosed) throw new Error('the script engine is closed')
      return worker
    } catch (error) {
      freeOne()
      throw error
    } finally {
      keepSpare()
    }
  }

  /** Hands the free place to whoever waits longest. */
  function freeOne(): void {
    const next = waiting.shift()
    if (next === undefined) busy -= 1
    else take().then(next.resolve, next.reject)
  }

  return {
    warm: () => {
      if (!isClosed && alive.size === 0) idle.push(spawn())
    },
    acquire: () => {
      if (isClosed) return Promise.reject(new Error('the script engine is closed'))
      if (busy >= workersMax) return new Promise((resolve, reject) => waiting.push({ resolve, reject }))
      busy += 1
      return take()
    },
    release: worker => {
      worker.listen(undefined)
      worker.setBusy(false)
      if (worker.isAlive && !isClosed) idle.push(worker)
      freeOne()
      keepSpare()
    },
    close: async () => {
      isClosed = true
      for (const { reject } of waiting.splice(0)) reject(new Error('the script engine is closed'))
      await Promise.all([...alive].map(worker => worker.terminate()))
    },
  }
}
