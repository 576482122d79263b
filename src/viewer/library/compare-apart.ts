import { Worker } from 'node:worker_threads'
import { errorText } from '../../base/error-text.ts'
import type { ComparedLogs } from './compare-run.ts'

/** Both as source and as compiled: the worker's file is next to this one and has the same extension. */
const WORKER_FILE = new URL(
  `./compare-worker${import.meta.url.slice(import.meta.url.lastIndexOf('.'))}`,
  import.meta.url,
)

/** Compares in a thread of its own, since a large run takes seconds and pages must not wait. Nothing when aborted. */
export function compareApart(folder: string, signal: AbortSignal): Promise<ComparedLogs | undefined> {
  return new Promise(resolve => {
    const worker = new Worker(WORKER_FILE, {
      workerData: { folder },
      env: {},
      execArgv: ['--disable-warning=ExperimentalWarning'],
    })
    const end = (compared: ComparedLogs | undefined) => {
      signal.removeEventListener('abort', stop)
      resolve(compared)
      void worker.terminate()
    }
    const stop = () => end(undefined)
    const fail = (error: unknown) => {
      const why = `The comparison failed (${errorText(error)}).`
      end({ numbers: [], comparison: { kind: 'none', why } })
    }
    signal.addEventListener('abort', stop)
    worker.once('message', end)
    worker.once('error', fail)
    worker.once('exit', () => fail('its thread ended early'))
  })
}
