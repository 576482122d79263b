import { Worker } from 'node:worker_threads'

/** A worker that sends every message back: no engine can settle a call faster than a message goes there and back. */
export interface BareWorker {
  /** Milliseconds for so many messages, each sent when the one before has come back. */
  pingPong(count: number): Promise<number>
  /** Milliseconds for this many messages sent together, until the last has come back. */
  flood(count: number): Promise<number>
  close(): Promise<void>
}

const ECHO = `const { parentPort } = require('node:worker_threads')
parentPort.on('message', message => parentPort.postMessage(message))`
const MESSAGE = { kind: 'settle', json: '{"calls":[[1,true,{"text":"ok"}]],"timers":[]}' }

export function openBareWorker(): BareWorker {
  const worker = new Worker(ECHO, { eval: true })
  let onMessage: () => void = () => undefined
  worker.on('message', () => onMessage())

  function measure(count: number, sentAtOnce: number): Promise<number> {
    const startedMs = performance.now()
    return new Promise(resolve => {
      let sent = 0
      let back = 0
      const send = () => {
        sent += 1
        worker.postMessage(MESSAGE)
      }
      onMessage = () => {
        back += 1
        if (back === count) resolve(performance.now() - startedMs)
        else if (sent < count) send()
      }
      while (sent < sentAtOnce) send()
    })
  }

  return {
    pingPong: count => measure(count, 1),
    flood: count => measure(count, count),
    close: async () => {
      await worker.terminate()
    },
  }
}
