import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import type { JsonValue } from '../../../src/contracts/json.ts'
import { SCRIPT_LIMITS_DEFAULT, type ScriptLimits, type ScriptOutcome } from '../../../src/contracts/script.ts'
import { ScriptRun } from '../../../src/script-engine/host/script-run.ts'
import { type ScriptWorker, startScriptWorker } from '../../../src/script-engine/host/script-worker.ts'
import { createScriptPreparer } from '../../../src/script-engine/source/script-preparer.ts'
import { type FromWorker, monotonicMs } from '../../../src/script-engine/thread/worker-messages.ts'
import { read, requestFor, returned } from '../../contract/script-engine.ts'

const MIB = 1024 * 1024
const WATCHED_WORKER = new URL('./watched-worker.ts', import.meta.url)

/** Tight, so that what is endless ends soon. */
export const HOSTILE_LIMITS: ScriptLimits = {
  ...SCRIPT_LIMITS_DEFAULT,
  ...{ cpuTimeMs: 150, wallTimeMs: 5_000, graceMs: 50, memoryBytesMax: 20 * MIB, outputBytesMax: 256 * 1024 },
}
const HANG_MS = 50
/** Far beyond what the limits allow, on a busy machine too. */
export const ENDED_WITHIN_MS = 15_000

/** How the machine of a script was left; `killed` with its thread. */
export type Leaving = { kind: 'restored' } | { kind: 'dropped' } | { kind: 'differs' } | { kind: 'killed' }

interface OverMessage {
  kind: 'over'
  isClean: boolean
  isImage: boolean
}

export interface HostileGround {
  run(source: string, limits?: Partial<ScriptLimits>): Promise<{ outcome: ScriptOutcome; leaving: Leaving }>
  close(): Promise<void>
}

const TOOLS = {
  echo: read((args: JsonValue) => args),
  fail: read(() => {
    throw new Error('no such file: a.txt')
  }),
  // Does not obey its signal, only its own timeout.
  hang: read(() => sleep(HANG_MS)),
}

/** One thread in which scripts run as the engine runs them, watched for what they leave in memory. */
export function createHostileGround(): HostileGround {
  const preparer = createScriptPreparer()
  let compiled: WebAssembly.Module | undefined
  let worker: ScriptWorker | undefined
  let over = Promise.withResolvers<Leaving>()
  let runs = 0

  async function start(): Promise<ScriptWorker> {
    const started = startScriptWorker(compiled, () => over.resolve({ kind: 'killed' }), WATCHED_WORKER)
    started.setBusy(true)
    compiled = await started.ready
    return started
  }

  /** Takes what the watcher says out of the messages. */
  function withoutWatcher(inner: ScriptWorker): ScriptWorker {
    const noteOver = ({ isClean, isImage }: OverMessage) =>
      over.resolve({ kind: !isClean ? 'dropped' : isImage ? 'restored' : 'differs' })
    return {
      ...inner,
      listen: listener => {
        const onMessage = (message: FromWorker) => {
          if ((message.kind as string) === 'over') noteOver(message as unknown as OverMessage)
          else listener?.onMessage(message)
        }
        inner.listen({ onMessage, onDeath: message => listener?.onDeath(message) })
      },
    }
  }

  return {
    run: async (source, limits) => {
      if (worker?.isAlive !== true) worker = await start()
      over = Promise.withResolvers<Leaving>()
      runs += 1
      const request = requestFor(source, TOOLS, { limits: { ...HOSTILE_LIMITS, ...limits } })
      const preparation = await preparer.prepare(source)
      if (!preparation.ok) return { outcome: refused(preparation.failure), leaving: { kind: 'restored' } }
      const parts = { id: runs, worker: withoutWatcher(worker), reader: preparer, script: preparation.script, request }
      const times = { startedMs: monotonicMs(), stripMs: 0, cacheHit: false }
      const outcome = await new ScriptRun({ ...parts, ...times }).run()
      return { outcome, leaving: await over.promise }
    },
    close: async () => {
      await Promise.all([worker?.terminate(), preparer.close()])
    },
  }
}

function refused(failure: Extract<ScriptOutcome, { ok: false }>['failure']): ScriptOutcome {
  return { ok: false, failure, logs: [], calls: [], notices: [] } as unknown as ScriptOutcome
}

const NEXT = `const rows = await Promise.all([1, 2, 3].map(n => tools.echo({ n })))
const left = [({} as any).polluted, ([] as any).polluted, (globalThis as any).leak, (Promise as any).leak]
return [rows.map(row => row.n * 2), left.every(each => each === undefined), JSON.stringify({ a: [1] }),
  /a+/.test('caa'), [3, 1, 2].sort(), typeof tools.echo, new Date(0).getTime(), Object.keys(Object.prototype)]`
const ANSWER = [[2, 4, 6], true, '{"a":[1]}', true, [1, 2, 3], 'function', 0, []]

const HOST_PATH = /node_modules|node:internal|\/src\/script-engine|script-engine\/(?:guest|quickjs)/

/** The next ordinary script is right, from a clean image, and nothing that was said names a place on this machine. */
export async function expectSurvived(ground: HostileGround, outcome: ScriptOutcome, leaving: Leaving): Promise<void> {
  expect(leaving.kind).not.toBe('differs')
  const said = JSON.stringify(outcome)
  expect(said).not.toMatch(HOST_PATH)
  expect(said.includes(process.cwd())).toBe(false)
  const next = await ground.run(NEXT, { cpuTimeMs: 5_000, wallTimeMs: 30_000 })
  expect(returned(next.outcome)).toEqual(ANSWER)
  expect(next.leaving).toEqual({ kind: 'restored' })
}
