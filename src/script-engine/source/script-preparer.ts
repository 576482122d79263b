import type { ScriptFailure } from '../../contracts/script.ts'
import { type FailedScript, scriptFailure } from '../failure/script-failure.ts'
import { rawLocator } from '../failure/script-position.ts'
import { type Preparation, type PreparedScript, preparePlain } from './prepare-script.ts'
import { createStripQueue } from './strip-queue.ts'
import { preparationOf } from './strip-thread.ts'

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
 * Prepares scripts. Sources that can have types are read in a thread of their own, one after the other, so that none can
 * stop or break the caller.
 */
export interface ScriptPreparer extends ScriptReader {
  /** Soon starts what the first script with types will need. */
  warm(): void
  /** Never rejects. */
  prepare(source: string): Promise<Preparation>
  close(): Promise<void>
}

export function createScriptPreparer(): ScriptPreparer {
  const queue = createStripQueue()
  let isWarming = false

  return {
    warm: () => {
      if (isWarming) return
      isWarming = true
      setTimeout(queue.start, WARM_DELAY_MS).unref()
    },
    prepare: async source => {
      const plain = preparePlain(source)
      if (plain !== undefined) return plain
      const reply = await queue.ask({ kind: 'prepare', source }, PREPARE_MS_MAX)
      if (reply.kind === 'closed') return CLOSED
      if (reply.kind === 'no-thread') return NO_THREAD
      return reply.kind === 'prepared' || reply.kind === 'refused' ? preparationOf(source, reply) : TOO_SLOW
    },
    explain: async failed => {
      // Whoever cancels a script does not wait to hear where it was.
      if (failed.reason === 'cancelled') return scriptFailure(failed)
      const reply = await queue.ask({ kind: 'explain', failed }, EXPLAIN_MS_MAX)
      return reply.kind === 'explained' ? reply.failure : scriptFailure(failed)
    },
    linesOf: async (script, stacks) => {
      const reply = await queue.ask({ kind: 'lines', script, stacks }, EXPLAIN_MS_MAX)
      if (reply.kind === 'lines') return reply.lines
      const locator = rawLocator(script)
      return stacks.map(stack => locator.thrown(stack, '')?.line)
    },
    close: queue.close,
  }
}
