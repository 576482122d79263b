import { Worker } from 'node:worker_threads'
import { CONTROL, type FromWorker, type ToWorker, type WorkerData } from '../thread/worker-messages.ts'

/** The guest's C code recurses in WASM; this much native stack outlasts the limit QuickJS is given. */
const STACK_MB = 16
/** Keeps what scripts leave behind from growing the worker between collections. */
const YOUNG_MB = 8
/** Both as source and as compiled: the worker's file is next to this one and has the same extension. */
const WORKER_FILE = new URL(
  `../thread/worker${import.meta.url.slice(import.meta.url.lastIndexOf('.'))}`,
  import.meta.url,
)

export interface WorkerListener {
  onMessage(message: FromWorker): void
  onDeath(message: string): void
}

/** One worker thread with one machine in it. */
export interface ScriptWorker {
  /** Resolves with the compiled build once the worker can take a script; rejects when it never will. */
  readonly ready: Promise<WebAssembly.Module>
  readonly isAlive: boolean
  /** The last script in it failed: it may still be making itself a fresh machine. */
  readonly isRenewing: boolean
  /** A worker that runs a script keeps the process alive, an idle one does not. */
  setBusy(isBusy: boolean): void
  send(message: ToWorker): void
  /** Hears the worker until the next call; `undefined` stops. */
  listen(listener: WorkerListener | undefined): void
  /** Grows while the guest computes. */
  heartbeat(): number
  /** Memory of the machine in it, at its largest in the run that began last. */
  memoryBytes(): number
  requestCancel(run: number): void
  terminate(): Promise<void>
}

/** `onDeath` is called once, however the worker ends. `file` runs in the thread. */
export function startScriptWorker(
  compiled: WebAssembly.Module | undefined,
  onDeath: () => void,
  file = WORKER_FILE,
): ScriptWorker {
  const control = new SharedArrayBuffer(CONTROL.cells * Int32Array.BYTES_PER_ELEMENT)
  const cells = new Int32Array(control)
  const workerData: WorkerData = { control, ...(compiled && { compiled }) }
  const worker = new Worker(file, {
    workerData,
    env: {},
    execArgv: ['--disable-warning=ExperimentalWarning'],
    resourceLimits: { stackSizeMb: STACK_MB, maxYoungGenerationSizeMb: YOUNG_MB },
  })
  let isAlive = true
  let isRenewing = false
  let listener: WorkerListener | undefined
  const ready = Promise.withResolvers<WebAssembly.Module>()
  ready.promise.catch(() => {})

  function die(message: string): void {
    if (!isAlive) return
    isAlive = false
    ready.reject(new Error(message))
    onDeath()
    listener?.onDeath(message)
  }
  worker.on('message', (message: FromWorker) => {
    if (message.kind === 'ready') ready.resolve(message.compiled)
    else if (message.kind === 'unusable') {
      die(message.message)
      void worker.terminate()
    } else {
      if (message.kind === 'ended') isRenewing = message.state.kind === 'failed'
      listener?.onMessage(message)
    }
  })
  worker.on('error', error => die(error.message))
  worker.on('exit', code => die(`the script's worker ended with code ${code}`))
  // Listening keeps a process alive, so this comes last.
  worker.unref()

  return {
    ready: ready.promise,
    get isAlive() {
      return isAlive
    },
    get isRenewing() {
      return isRenewing
    },
    setBusy: isBusy => (isBusy ? worker.ref() : worker.unref()),
    send: message => worker.postMessage(message),
    listen: next => {
      listener = next
    },
    heartbeat: () => Atomics.load(cells, CONTROL.heartbeat),
    memoryBytes: () => Atomics.load(cells, CONTROL.memoryKib) * 1024,
    requestCancel: run => Atomics.store(cells, CONTROL.cancelledRun, run),
    terminate: async () => {
      die('the worker was terminated')
      await worker.terminate()
    },
  }
}
