import { fork } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import type { Sampled } from '../measuring/interleave.ts'
import { OURS } from '../measuring/judge-row.ts'
import type { Measured } from '../measuring/row.ts'
import type { ContenderName } from './contender.ts'
import { ISOLATED_VM_FLAGS } from './fresh-process.ts'

export interface RowTask {
  row: string
  contenders: readonly ContenderName[]
  repetitions: number
  warmupMs: number
  turnMsMax: number
}

export type FromRowProcess =
  | { kind: 'turn'; name: string }
  | { kind: 'measured'; findings: [string, Sampled][] }
  | { kind: 'failed'; message: string }

type RowEnd =
  | { kind: 'measured'; measured: Measured }
  | { kind: 'failed'; message: string }
  /** The process ended or hung in the turn of this contender. */
  | { kind: 'broken'; name: string; reason: string }

/** Resolves with a reason once a contender has been silent for too long in its turn; rejects when the turn is over. */
export type Silence = (name: string, turn: AbortSignal) => Promise<string>

const STARTING = 'start of the process'
const START_MS_MAX = 60_000

/**
 * Measures a row in a process of its own. A contender that crashes that process, or hangs in it, is named as failed and
 * the row is measured again without it.
 */
export async function measureInProcess(
  mainFile: string,
  task: RowTask,
  silence: Silence = timeLimit(task.turnMsMax),
): Promise<Measured> {
  const broken: Measured = new Map()
  let { contenders } = task
  for (;;) {
    const end = await runOnce(mainFile, { ...task, contenders }, silence)
    if (end.kind === 'measured') return new Map([...end.measured, ...broken])
    if (end.kind === 'failed') return broken.set(OURS, { kind: 'failed', reason: end.message })
    broken.set(end.name, { kind: 'failed', reason: end.reason })
    const left = contenders.filter(name => name !== end.name)
    if (left.length === contenders.length || left.length === 0) return broken
    contenders = left
  }
}

async function runOnce(mainFile: string, task: RowTask, silence: Silence): Promise<RowEnd> {
  const execArgv = [...(task.contenders.includes('isolated-vm') ? ISOLATED_VM_FLAGS : []), '--no-warnings']
  const child = fork(mainFile, [JSON.stringify(task)], { execArgv, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
  const { promise, resolve } = Promise.withResolvers<RowEnd>()
  let name: string = STARTING
  let said = ''
  let watching = new AbortController()
  const watch = (next: string) => {
    name = next
    watching.abort()
    watching = new AbortController()
    silence(name, watching.signal).then(
      reason => resolve({ kind: 'broken', name, reason }),
      () => undefined,
    )
  }
  watch(STARTING)
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-2_000)
  })
  child.on('message', (message: FromRowProcess) => {
    if (message.kind === 'turn') watch(message.name)
    else if (message.kind === 'measured') resolve({ kind: 'measured', measured: new Map(message.findings) })
    else resolve(message)
  })
  child.on('error', error => resolve({ kind: 'failed', message: error.message }))
  child.on('exit', (code, signal) => resolve({ kind: 'broken', name, reason: reasonOf(signal ?? code, said) }))
  try {
    return await promise
  } finally {
    watching.abort()
    child.kill('SIGKILL')
  }
}

/** Resolves when a turn takes too long; the start of the process gets more time. */
function timeLimit(turnMsMax: number): Silence {
  return async (name, signal) => {
    const limitMs = name === STARTING ? Math.max(START_MS_MAX, turnMsMax) : turnMsMax
    await delay(limitMs, undefined, { signal })
    return `no answer for ${limitMs / 1_000} s; its process was ended`
  }
}

function reasonOf(end: string | number | null, said: string): string {
  const line = said
    .split('\n')
    .find(text => /Error|abort|fatal/i.test(text))
    ?.trim()
  return `the process ended with ${end}${line === undefined ? '' : `: ${line.slice(0, 160)}`}`
}
