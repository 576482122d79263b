import { type ChildProcess, fork } from 'node:child_process'
import type { TypeCheck } from '../contracts/script.ts'
import type { CheckReply, CheckRequest } from './type-check-messages.ts'

const MEMORY_MB_MAX = 1024
/** Starting takes half a second; on a machine that is busy, many times that. */
const START_MS_MAX = 60_000
/** Both as source and as compiled: the process's file is next to this one and has the same extension. */
const PROCESS_FILE = new URL(
  `./type-check-main${import.meta.url.slice(import.meta.url.lastIndexOf('.'))}`,
  import.meta.url,
)

/** What a check comes to, but for the time it took its caller. */
export type CheckAnswer =
  | Omit<Extract<TypeCheck, { kind: 'checked' }>, 'ms'>
  | Extract<TypeCheck, { kind: 'unavailable' }>

/** One process; it takes one check at a time. */
export interface CheckerProcess {
  readonly isAlive: boolean
  check(source: string, declarations: string, deadlineMs: number): Promise<CheckAnswer>
  /** Resolves when the process is gone. */
  end(): Promise<void>
}

/** `typescriptFile` is that of the library. */
export function startCheckerProcess(typescriptFile: string): CheckerProcess {
  // An environment of its own: what the harness knows, keys among it, is none of the checker's.
  const child = fork(PROCESS_FILE, [typescriptFile], {
    env: {},
    execArgv: ['--no-warnings', `--max-old-space-size=${MEMORY_MB_MAX}`],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  const gone = new Promise<void>(resolve => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  const ready = Promise.withResolvers<void>()
  let lost: string | undefined
  let checks = 0
  let answer: ((answer: CheckAnswer) => void) | undefined

  const unavailable = (message: string): CheckAnswer => ({ kind: 'unavailable', message })
  const lose = (message: string) => {
    lost ??= message
    child.kill('SIGKILL')
    ready.resolve()
    answer?.(unavailable(lost))
  }
  const within = async <T>(limitMs: number, what: string, work: Promise<T>): Promise<T> => {
    const timer = setTimeout(() => lose(`${what} took longer than ${limitMs} ms`), limitMs)
    return work.finally(() => clearTimeout(timer))
  }
  void gone.then(() => lose('the type checker ended unexpectedly'))
  child.on('message', (reply: CheckReply) => {
    if (reply.kind === 'ready') ready.resolve()
    else if (reply.kind === 'unusable') lose(`the type checker could not start: ${reply.message}`)
    else if (reply.id === checks)
      answer?.(
        reply.kind === 'checked'
          ? { kind: 'checked', problems: reply.problems }
          : unavailable(`the type checker failed: ${reply.message}`),
      )
  })
  keepAlive(child, false)

  return {
    get isAlive() {
      return lost === undefined
    },
    async check(source, declarations, deadlineMs) {
      const request: CheckRequest = { id: ++checks, source, declarations }
      keepAlive(child, true)
      try {
        await within(START_MS_MAX, 'the start of the type checker', ready.promise)
        const answered = new Promise<CheckAnswer>(resolve => {
          answer = resolve
          if (lost !== undefined) resolve(unavailable(lost))
          else child.send(request, error => error && lose(`the type checker cannot be reached: ${error.message}`))
        })
        return await within(deadlineMs, 'the type check', answered)
      } finally {
        answer = undefined
        if (lost === undefined) keepAlive(child, false)
      }
    },
    async end() {
      lose('the type checker was closed')
      child.ref()
      await gone
    },
  }
}

/** An idle checker must not keep the harness from ending. */
function keepAlive(child: ChildProcess, isNeeded: boolean): void {
  if (isNeeded) {
    child.ref()
    child.channel?.ref()
  } else {
    child.unref()
    child.channel?.unref()
  }
}
