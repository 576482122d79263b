import { type StripReply, type StripTask, startStripThread } from './strip-thread.ts'

const START_MS_MAX = 20_000

/** A reply, or why there is none; after `too-slow` and a broken parser a fresh thread takes the next task. */
export type QueueReply = StripReply | { kind: 'closed' | 'no-thread' | 'too-slow' }

/** Gives tasks to a strip thread, one after the other, so that none can stop or break the caller. */
export interface StripQueue {
  /** Starts the thread before it is needed. */
  start(): void
  /** Never rejects. */
  ask(task: StripTask, msMax: number): Promise<QueueReply>
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

export function createStripQueue(): StripQueue {
  let thread: { active: Thread; isReady: boolean } | undefined
  let queue: Promise<unknown> = Promise.resolve()
  let isClosed = false

  function start(): void {
    if (!isClosed) thread ??= { active: startThread(), isReady: false }
  }

  function drop(): void {
    void thread?.active.end()
    thread = undefined
  }

  async function askNext(task: StripTask, msMax: number): Promise<QueueReply> {
    start()
    const current = thread
    if (current?.isReady === false) current.isReady = (await current.active.reply(START_MS_MAX)) !== undefined
    if (isClosed || current === undefined) return { kind: 'closed' }
    if (!current.isReady) {
      drop()
      return { kind: 'no-thread' }
    }
    current.active.post(task)
    const reply = (await current.active.reply(msMax)) ?? ({ kind: 'too-slow' } as const)
    if (isClosed) return { kind: 'closed' }
    if (reply.kind === 'too-slow' || (reply.kind === 'refused' && reply.isBroken)) {
      drop()
      start()
    }
    return reply
  }

  return {
    start,
    ask: (task, msMax) => {
      const reply = queue.then(() => askNext(task, msMax)).catch(() => ({ kind: 'no-thread' }) as const)
      queue = reply
      return reply
    },
    close: async () => {
      isClosed = true
      await thread?.active.end()
    },
  }
}
