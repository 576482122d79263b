import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { PortFault, type PortFaultKind } from './port-fault.ts'

/** How much a port can print or answer in one call. */
export const OUTPUT_BYTES_MAX = 8 * 1024 * 1024
const STDERR_SHOWN_MAX = 2_000

/** None of them outlives this process, however it ends. */
const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) killGroup(child)
})

/** A process in a group of its own whose output is counted. */
export interface WatchedProcess {
  readonly child: ChildProcess
  isRunning(): boolean
  /** Bytes printed and answered count from zero again: a new call begins. */
  startCounting(): void
  /** Kills it with all its descendants that stayed in its group. */
  kill(): void
}

/** Starts a port's process. `fail` is called once, with the first thing that goes wrong, unless it was killed. */
export function watchProcess(
  command: { file: string; args: readonly string[]; options: SpawnOptions },
  fail: (fault: PortFault) => void,
): WatchedProcess {
  const child = spawn(command.file, command.args, { ...command.options, detached: true })
  running.add(child)
  let bytes = 0
  let stderr = ''
  let isOver = false
  const kill = () => {
    isOver = true
    running.delete(child)
    killGroup(child)
  }
  const failOnce = (kind: PortFaultKind, message: string) => {
    if (isOver) return
    kill()
    fail(new PortFault(kind, message))
  }
  for (const stream of child.stdio.slice(1) as (Readable | null)[]) {
    stream?.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (stream === child.stderr) stderr = (stderr + chunk.toString()).slice(-STDERR_SHOWN_MAX)
      if (bytes > OUTPUT_BYTES_MAX) failOnce('flooded', `it gave more than ${OUTPUT_BYTES_MAX} bytes for one call`)
    })
  }
  child.stdin?.on('error', () => undefined)
  child.on('error', error => failOnce('crashed', error.message))
  child.on('close', (code, signal) => {
    const how = signal === null ? `it ended with exit code ${code}` : `it was ended by ${signal}`
    failOnce('crashed', `${how} before it answered${stderr === '' ? '' : `:\n${stderr.trimEnd()}`}`)
  })
  return {
    child,
    isRunning: () => !isOver,
    startCounting() {
      bytes = 0
      stderr = ''
    },
    kill,
  }
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    child.kill('SIGKILL')
  }
}
