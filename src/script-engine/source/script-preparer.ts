import { type Preparation, preparePlain } from './prepare-script.ts'
import { preparationOf, type StripReply, startStripThread } from './strip-thread.ts'

const START_MS_MAX = 20_000
/** Its thread would compete with the first script for the processors, and only scripts with types need it. */
const WARM_DELAY_MS = 100
/** Ordinary scripts take about a millisecond, the longest allowed ones half a second. */
const PREPARE_MS_MAX = 2_000

const CLOSED: Preparation = { ok: false, failure: { class: 'killed', message: 'the script engine is closed' } }
const TOO_SLOW: Preparation = {
  ok: false,
  failure: { class: 'parse', message: 'the script takes too long to read: write it shorter or flatter' },
}
const NO_THREAD: Preparation = {
  ok: false,
  failure: { class: 'killed', message: 'the thread that reads scripts did not start or died' },
}

/**
 * Prepares scripts. What may have types is read in a thread of its own, one source after the other, so that none can
 * stop or break the caller.
 */
export interface ScriptPreparer {
  /** Soon starts what the first script with types will need. */
  warm(): void
  /** Never rejects. */
  prepare(source: string): Promise<Preparation>
  close(): Promise<void>
}

interface Thread {
  /** Resolves with the reply to what was posted last; `undefined` after `msMax` or when the thread is dead. */
  reply(msMax: number): Promise<StripReply | undefined>
  post(source: string): void
  end(): Promise<void>
}

function startThread(): Thread {
  const { worker, replies } = startStripThread()
  const arrived: StripReply[] = []
  let isDead = false
  let wake: ((reply: StripReply | undefined) => void) | undefined
  const die = () => {
    isDead = true
    wake?.(undefined)
  }
  replies.on('message', (reply: StripReply) => (wake === undefined ? arrived.push(reply) : wake(reply)))
  replies.unref()
  worker.on('error', die)
  worker.on('exit', die)
  // Listening keeps a process alive, so this comes last.
  worker.unref()
  return {
    post: source => worker.postMessage(source),
    reply: async msMax => {
      if (arrived.length > 0 || isDead) return arrived.shift()
      const { promise, resolve } = Promise.withResolvers<StripReply | undefined>()
      const timer = setTimeout(() => resolve(undefined), msMax)
      wake = resolve
      const reply = await promise
      wake = undefined
      clearTimeout(timer)
      return reply
    },
    end: async () => {
      die()
      replies.close()
      await worker.terminate()
    },
  }
}

export function createScriptPreparer(): ScriptPreparer {
  let thread: { active: Thread; isReady: boolean } | undefined
  let queue: Promise<unknown> = Promise.resolve()
  let isClosed = false
  let isWarming = false

  function drop(): void {
    void thread?.active.end()
    thread = undefined
  }

  async function prepareNext(source: string): Promise<Preparation> {
    if (isClosed) return CLOSED
    thread ??= { active: startThread(), isReady: false }
    const current = thread
    if (!current.isReady) current.isReady = (await current.active.reply(START_MS_MAX)) !== undefined
    if (isClosed) return CLOSED
    if (!current.isReady) {
      drop()
      return NO_THREAD
    }
    current.active.post(source)
    const reply = await current.active.reply(PREPARE_MS_MAX)
    if (isClosed) return CLOSED
    const preparation = reply === undefined || reply.kind === 'ready' ? TOO_SLOW : preparationOf(source, reply)
    if (preparation === TOO_SLOW || (!preparation.ok && preparation.isBroken)) {
      drop()
      start()
    }
    return preparation
  }

  function start(): void {
    if (!isClosed) thread ??= { active: startThread(), isReady: false }
  }

  return {
    warm: () => {
      if (isWarming) return
      isWarming = true
      setTimeout(start, WARM_DELAY_MS).unref()
    },
    prepare: async source => {
      const plain = preparePlain(source)
      if (plain !== undefined) return plain
      const result = queue.then(() => prepareNext(source))
      queue = result
      return result
    },
    close: async () => {
      isClosed = true
      await thread?.active.end()
    },
  }
}
