import { parentPort, workerData } from 'node:worker_threads'
import { prepareScript } from './prepare-script.ts'
import type { StripReply, StripWorkerData } from './strip-thread.ts'

const { replies, turns } = workerData as StripWorkerData
const cells = new Int32Array(turns)

/** Heard by whoever listens to the port, and by whoever sleeps on the cell. */
function answer(reply: StripReply): void {
  replies.postMessage(reply)
  Atomics.add(cells, 0, 1)
  Atomics.notify(cells, 0)
}

// Loads the parser before the first script waits for it.
prepareScript('')
answer({ kind: 'ready' })
parentPort?.on('message', (source: string) => {
  const preparation = prepareScript(source)
  if (preparation.ok) {
    const { code, prefixLength } = preparation.script
    answer({ kind: 'prepared', code, prefixLength })
  } else answer({ kind: 'refused', ...preparation })
})
