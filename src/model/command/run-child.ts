import { type ChildProcess, spawn } from 'node:child_process'
import { errorText } from '../../base/error-text.ts'
import type { Clock } from '../../contracts/clock.ts'

const STDERR_TAIL_CHARACTERS = 1_800
/** How long pipes can stay open after the child and its group are gone. */
const CLOSE_GRACE_MS = 500

export interface ChildSpec {
  file: string
  cwd: string
  environment: Readonly<Record<string, string>>
  input: string
  timeoutMs: number
  outputBytesMax: number
  signal: AbortSignal
  clock: Clock
}

export type ChildEnd =
  | { kind: 'exited'; exitCode: number; stdout: string; stderrTail: string }
  | { kind: 'killed'; signal: string; stderrTail: string }
  | { kind: 'timed-out' | 'aborted' | 'too-much-output' }
  | { kind: 'not-started'; message: string }

/** Runs one program in a process group of its own; whatever happens, the group is gone when this resolves. Never rejects. */
export async function runChild(spec: ChildSpec): Promise<ChildEnd> {
  let child: ChildProcess
  try {
    child = spawn(spec.file, [], { cwd: spec.cwd, env: spec.environment, detached: true, stdio: 'pipe' })
  } catch (error) {
    return { kind: 'not-started', message: errorText(error) }
  }
  const ended = new AbortController()
  try {
    return await Promise.race([endOf(child, spec), timeout(spec, ended.signal), abortion(spec.signal, ended.signal)])
  } finally {
    ended.abort()
    killGroup(child)
    for (const stream of [child.stdin, child.stdout, child.stderr]) stream?.destroy()
  }
}

function endOf(child: ChildProcess, spec: ChildSpec): Promise<ChildEnd> {
  const { promise, resolve } = Promise.withResolvers<ChildEnd>()
  const stdout: Buffer[] = []
  let bytes = 0
  let stderrTail = ''
  child.stdout?.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > spec.outputBytesMax) resolve({ kind: 'too-much-output' })
    else stdout.push(chunk)
  })
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    stderrTail = (stderrTail + chunk).slice(-STDERR_TAIL_CHARACTERS)
  })
  const finish = (exitCode: number | null, signal: string | null) => {
    const tail = wholeLines(stderrTail)
    if (exitCode === null) resolve({ kind: 'killed', signal: signal ?? 'unknown', stderrTail: tail })
    else resolve({ kind: 'exited', exitCode, stdout: Buffer.concat(stdout).toString('utf8'), stderrTail: tail })
  }
  child.on('error', error => resolve({ kind: 'not-started', message: error.message }))
  child.on('exit', (exitCode, signal) => {
    // What it left running would keep the pipes open; what escaped the group can, for a moment.
    killGroup(child)
    setTimeout(finish, CLOSE_GRACE_MS, exitCode, signal).unref()
  })
  child.on('close', finish)
  // A child that does not read its input has not failed.
  child.stdin?.on('error', () => {})
  child.stdin?.end(spec.input)
  return promise
}

/** Half a line could contain half a secret, which redaction would not recognise. */
function wholeLines(tail: string): string {
  return tail.length < STDERR_TAIL_CHARACTERS ? tail : tail.slice(tail.indexOf('\n') + 1 || tail.length)
}

async function timeout({ clock, timeoutMs }: ChildSpec, ended: AbortSignal): Promise<ChildEnd> {
  await clock.sleep(timeoutMs, ended)
  return { kind: 'timed-out' }
}

function abortion(signal: AbortSignal, ended: AbortSignal): Promise<ChildEnd> {
  const { promise, resolve } = Promise.withResolvers<ChildEnd>()
  const abort = () => resolve({ kind: 'aborted' })
  if (signal.aborted) abort()
  signal.addEventListener('abort', abort, { once: true, signal: ended })
  return promise
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // The group is gone already.
  }
}
