import type { ScriptFailure } from '../../contracts/script.ts'
import { type FailedScript, scriptFailure } from '../failure/script-failure.ts'
import { rawLocator } from '../failure/script-position.ts'
import { type Preparation, type PreparedScript, preparePlain } from './prepare-script.ts'
import { preparationOf, type StripReply, type StripTask, startStripThread } from './strip-thread.ts'

const START_MS_MAX = 20_000
/** Its thread would compete with the first script for the processors, and only scripts with types need it. */
const WARM_DELAY_MS = 100
/** Ordinary scripts take about a millisecond, the longest allowed ones half a second. */
const PREPARE_MS_MAX = 2_000
/** Reading a failed script again takes some milliseconds; after this the place that QuickJS gave must do. */
const EXPLAIN_MS_MAX = 1_000

const CLOSED: Preparation = { ok: false, failure: { class: 'killed', message: 'the script engine is closed' } }
const TOO_SLOW: Preparation = {
  ok: false,
  failure: { class: 'parse', message: 'the script takes too long to read: write it shorter or flatter' },
}
const NO_THREAD: Preparation = {
  ok: false,
  failure: { class: 'killed', message: 'the thread that reads scripts did not start or died' },
}

/** Reads scripts that have run, to say where they failed. */
export interface ScriptReader {
  /** Never rejects: of a script that cannot be read again, the failure is where QuickJS says. */
  explain(failed: FailedScript): Promise<ScriptFailure>
  /** The lines at which stacks of a script begin. */
  linesOf(script: PreparedScript, stacks: readonly string[]): Promise<(number | undefined)[]>
}

/**
 * Prepares scripts. What may have types is read in a thread of its own, one source after the other, so that none can
 * stop or break the caller.
 */
export interface ScriptPreparer extends ScriptReader {
  /** Soon starts what the first script with types will need. */
  warm(): void
  /** Never rejects. */
  prepare(source: string): Promise<Preparation>
  close(): Promise<void>
}

interface Thread {
  /** Resolves with the reply to what was posted last; `undefined` after `msMax` or when the thread is dead. */
  reply(msMax: number): Promise<StripReply | undefined>
  post(task: StripTask): void
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
    post: task => worker.postMessage(task),
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

  /** The reply to a task; `undefined` when there is none in time, and then the thread is replaced. */
  async function ask(task: StripTask, msMax: number): Promise<StripReply | Preparation | undefined> {
    if (isClosed) return CLOSED
    thread ??= { active: startThread(), isReady: false }
    const current = thread
    if (!current.isReady) current.isReady = (await current.active.reply(START_MS_MAX)) !== undefined
    if (isClosed) return CLOSED
    if (!current.isReady) {
      drop()
      return NO_THREAD
    }
    current.active.post(task)
    const reply = await current.active.reply(msMax)
    if (isClosed) return CLOSED
    if (reply === undefined || (reply.kind === 'refused' && reply.isBroken)) {
      drop()
      start()
    }
    return reply
  }

  /** One task after the other. */
  function queued(task: StripTask, msMax: number): Promise<StripReply | Preparation | undefined> {
    const result = queue.then(() => ask(task, msMax)).catch(() => NO_THREAD)
    queue = result
    return result
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
      const reply = await queued({ kind: 'prepare', source }, PREPARE_MS_MAX)
      if (reply === undefined) return TOO_SLOW
      if ('ok' in reply) return reply
      return reply.kind === 'prepared' || reply.kind === 'refused' ? preparationOf(source, reply) : TOO_SLOW
    },
    explain: async failed => {
      const isAwaited = failed.reason !== 'cancelled'
      const reply = isAwaited ? await queued({ kind: 'explain', failed }, EXPLAIN_MS_MAX) : undefined
      const isExplained = reply !== undefined && 'kind' in reply && reply.kind === 'explained'
      return isExplained ? reply.failure : scriptFailure(failed)
    },
    linesOf: async (script, stacks) => {
      const reply = await queued({ kind: 'lines', script, stacks }, EXPLAIN_MS_MAX)
      if (reply !== undefined && 'kind' in reply && reply.kind === 'lines') return reply.lines
      const locator = rawLocator(script)
      return stacks.map(stack => locator.thrown(stack, '')?.line)
    },
    close: async () => {
      isClosed = true
      await thread?.active.end()
    },
  }
}
