import { receiveMessageOnPort } from 'node:worker_threads'
import { type StripReply, type StripTask, type StripThread, startStripThread } from './strip-thread.ts'

const START_MS_MAX = 5_000
const PARSE_MS_MAX = 200
/** Sources of one reply that broke the parser or took too long: after these, no more of it is tried. */
const FAILURES_MAX = 2

/** Answers synchronously whether sources parse, at the price of a bounded wait. */
export interface ParseProbe {
  /** A question for the sources of one reply; after too many that cannot be decided, the rest counts as parsing. */
  begin(): (source: string) => boolean
  close(): Promise<void>
}

/** Its thread starts with the first question and does not keep the process alive. */
export function createParseProbe(): ParseProbe {
  let thread: StripThread | undefined
  let isClosed = false

  function receive({ turns, replies }: StripThread, seen: number, msMax: number): StripReply | undefined {
    if (Atomics.wait(turns, 0, seen, msMax) === 'timed-out') return undefined
    return receiveMessageOnPort(replies)?.message as StripReply | undefined
  }

  async function drop(): Promise<void> {
    const dropped = thread
    thread = undefined
    dropped?.replies.close()
    await dropped?.worker.terminate()
  }

  /** `undefined`: not known. */
  function ask(source: string): boolean | undefined {
    if (thread === undefined) {
      thread = startStripThread()
      if (receive(thread, 0, START_MS_MAX) === undefined) {
        void drop()
        return undefined
      }
    }
    const seen = Atomics.load(thread.turns, 0)
    thread.worker.postMessage({ kind: 'prepare', source } satisfies StripTask)
    const reply = receive(thread, seen, PARSE_MS_MAX)
    if (reply === undefined || (reply.kind === 'refused' && reply.isBroken)) {
      void drop()
      return undefined
    }
    return reply.kind === 'prepared'
  }

  return {
    begin: () => {
      let failures = 0
      return source => {
        if (isClosed || failures >= FAILURES_MAX) return true
        const answer = ask(source)
        if (answer === undefined) failures += 1
        return answer ?? false
      }
    },
    close: () => {
      isClosed = true
      return drop()
    },
  }
}
