import { parentPort, workerData } from 'node:worker_threads'
import { scriptFailure } from '../failure/script-failure.ts'
import { syntaxLocator } from '../failure/syntax/syntax-locator.ts'
import { prepareScript } from './prepare-script.ts'
import type { StripReply, StripTask, StripWorkerData } from './strip-thread.ts'

const { replies, turns } = workerData as StripWorkerData
const cells = new Int32Array(turns)

/** Heard by whoever listens to the port, and by whoever sleeps on the cell. */
function answer(reply: StripReply): void {
  replies.postMessage(reply)
  Atomics.add(cells, 0, 1)
  Atomics.notify(cells, 0)
}

function prepare(source: string): StripReply {
  const preparation = prepareScript(source)
  if (!preparation.ok) return { kind: 'refused', ...preparation }
  const { code, prefixLength } = preparation.script
  return { kind: 'prepared', code, prefixLength }
}

/** Reads the script again. One that nests too deeply for that is not explained, and breaks nothing. */
function explain(task: Exclude<StripTask, { kind: 'prepare' }>): StripReply {
  try {
    if (task.kind === 'explain') {
      const { failed } = task
      return { kind: 'explained', failure: scriptFailure(failed, syntaxLocator(failed.script)) }
    }
    const locator = syntaxLocator(task.script)
    return { kind: 'lines', lines: task.stacks.map(stack => locator.thrown(stack, '')?.line) }
  } catch {
    return { kind: 'unexplained' }
  }
}

// Loads the parser before the first script waits for it.
prepareScript('')
answer({ kind: 'ready' })
parentPort?.on('message', (task: StripTask) => answer(task.kind === 'prepare' ? prepare(task.source) : explain(task)))
