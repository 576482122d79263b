import { parentPort, workerData } from 'node:worker_threads'
import { serveScripts } from '../../../src/script-engine/thread/serve-scripts.ts'

/** The engine's worker, which also tells whether the memory of its machine is what it was after boot. */
const port = parentPort
if (port === null) throw new Error('this file runs as a worker')
let image = Buffer.alloc(0)
await serveScripts(port, workerData, {
  onBoot: memory => {
    image = Buffer.from(memory.buffer.slice(0))
  },
  onOver: (memory, isClean) => {
    const isImage = image.equals(new Uint8Array(memory.buffer))
    port.postMessage({ kind: 'over', isClean, isImage })
  },
})
