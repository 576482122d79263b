import { type ScriptWorker, startScriptWorker } from './script-worker.ts'

/** Worker threads, each for one script at a time, and one warm spare in addition to those in use. */
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
  return new SparePool(workersMax)
}

class SparePool implements WorkerPool {
  readonly #workersMax: number
  readonly #idle: ScriptWorker[] = []
  readonly #alive = new Set<ScriptWorker>()
  readonly #ready = new WeakSet<ScriptWorker>()
  readonly #waiting = new Set<Waiting>()
  #busy = 0
  #compiled: WebAssembly.Module | undefined
  #isClosed = false
  #hasServed = false
  #spares = 1

  constructor(workersMax: number) {
    this.#workersMax = workersMax
  }

  warm(): void {
    if (!this.#isClosed && this.#alive.size === 0) this.#idle.push(this.#spawn())
  }

  acquire(signal?: AbortSignal): Promise<ScriptWorker | undefined> {
    if (this.#isClosed) return Promise.reject(new Error('the script engine is closed'))
    if (this.#busy >= this.#workersMax) return this.#waitForPlace(signal)
    this.#busy += 1
    return this.#take()
  }

  release(worker: ScriptWorker): void {
    worker.listen(undefined)
    worker.setBusy(false)
    if (worker.isAlive && !this.#isClosed) {
      // The next script takes the last of them, and need not wait for a machine in the making.
      if (worker.isRenewing) this.#idle.unshift(worker)
      else this.#idle.push(worker)
    }
    this.#freeOne()
    this.#keepSpare()
  }

  async close(): Promise<void> {
    this.#isClosed = true
    for (const { reject } of this.#waiting) reject(new Error('the script engine is closed'))
    this.#waiting.clear()
    await Promise.all([...this.#alive].map(worker => worker.terminate()))
  }

  #spawn(): ScriptWorker {
    const worker: ScriptWorker = startScriptWorker(this.#compiled, () => {
      this.#alive.delete(worker)
      const index = this.#idle.indexOf(worker)
      if (index >= 0) this.#idle.splice(index, 1)
      else if (this.#ready.has(worker)) this.#spares = SPARES_AFTER_KILL
    })
    this.#alive.add(worker)
    worker.ready.then(
      module => {
        this.#compiled = module
        this.#ready.add(worker)
      },
      () => {},
    )
    return worker
  }

  /** The second worker waits for the first to compile what both need. */
  #keepSpare(): void {
    if (this.#isClosed || this.#compiled === undefined || this.#busy >= this.#workersMax) return
    while (this.#idle.length < this.#spares) this.#idle.unshift(this.#spawn())
  }

  /** The last of those that need not be waited for. */
  #pick(): ScriptWorker {
    const index = this.#idle.findLastIndex(worker => this.#ready.has(worker) && !worker.isRenewing)
    return (index < 0 ? this.#idle.pop() : this.#idle.splice(index, 1)[0]) ?? this.#spawn()
  }

  async #take(): Promise<ScriptWorker> {
    const worker = this.#pick()
    worker.setBusy(true)
    try {
      await worker.ready
      if (this.#isClosed) throw new Error('the script engine is closed')
      return worker
    } catch (error) {
      this.#freeOne()
      throw error
    } finally {
      if (this.#hasServed) this.#keepSpare()
      else setTimeout(() => this.#keepSpare(), FIRST_SPARE_DELAY_MS).unref()
      this.#hasServed = true
    }
  }

  /** Hands the free place to whoever waits longest. */
  #freeOne(): void {
    const [next] = this.#waiting
    if (next === undefined) {
      this.#busy -= 1
      return
    }
    this.#waiting.delete(next)
    this.#take().then(next.resolve, next.reject)
  }

  /** Who has got a place keeps it, even when the signal aborts before its worker is ready. */
  #waitForPlace(signal: AbortSignal | undefined): Promise<ScriptWorker | undefined> {
    const { promise, resolve, reject } = Promise.withResolvers<ScriptWorker | undefined>()
    const entry = { resolve, reject }
    const leave = () => {
      if (this.#waiting.delete(entry)) resolve(undefined)
    }
    this.#waiting.add(entry)
    signal?.addEventListener('abort', leave)
    return promise.finally(() => signal?.removeEventListener('abort', leave))
  }
}
