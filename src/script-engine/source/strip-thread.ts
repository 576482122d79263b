import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads'
import type { ScriptFailure } from '../../contracts/script.ts'
import type { FailedScript } from '../failure/script-failure.ts'
import type { Preparation, PreparedScript } from './prepare-script.ts'

/** Much more than a source of the allowed length takes. */
const HEAP_MB = 256
/** Keeps what sources leave behind from growing the thread between collections. */
const YOUNG_MB = 8
/** As source and as compiled: the worker's file is next to this one and has the same extension. */
const WORKER_FILE = new URL(`./strip-worker${import.meta.url.slice(import.meta.url.lastIndexOf('.'))}`, import.meta.url)

export interface StripWorkerData {
  replies: MessagePort
  /** One 32-bit cell that counts the replies. */
  turns: SharedArrayBuffer
}

/** What the thread is asked, one after the other. */
export type StripTask =
  | { kind: 'prepare'; source: string }
  | { kind: 'explain'; failed: FailedScript }
  | { kind: 'lines'; script: PreparedScript; stacks: readonly string[] }

export type StripReply =
  | { kind: 'ready' }
  | ({ kind: 'prepared' } & Omit<PreparedScript, 'source'>)
  | { kind: 'refused'; failure: ScriptFailure; isBroken?: true }
  | { kind: 'explained'; failure: ScriptFailure }
  | { kind: 'lines'; lines: (number | undefined)[] }
  /** The script could not be read. */
  | { kind: 'unexplained' }

/** A thread whose only work is to read scripts; its first reply is `ready`. */
export interface StripThread {
  readonly worker: Worker
  readonly replies: MessagePort
  readonly turns: Int32Array
}

/** Does not keep the process alive. */
export function startStripThread(): StripThread {
  const { port1, port2 } = new MessageChannel()
  const turns = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)
  const workerData: StripWorkerData = { replies: port2, turns }
  const worker = new Worker(WORKER_FILE, {
    workerData,
    transferList: [port2],
    env: {},
    execArgv: ['--disable-warning=ExperimentalWarning'],
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB, maxYoungGenerationSizeMb: YOUNG_MB },
  })
  worker.unref()
  return { worker, replies: port1, turns: new Int32Array(turns) }
}

export function preparationOf(
  source: string,
  reply: Extract<StripReply, { kind: 'prepared' | 'refused' }>,
): Preparation {
  if (reply.kind === 'prepared') {
    const { code, prefixLength } = reply
    return { ok: true, script: { source, code, prefixLength } }
  }
  const { failure, isBroken } = reply
  return { ok: false, failure, ...(isBroken && { isBroken }) }
}
