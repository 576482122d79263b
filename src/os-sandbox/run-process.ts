import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { constants } from 'node:os'
import type { Readable, Writable } from 'node:stream'
import { defined } from '../base/defined.ts'
import type { ProcessEnd, ProcessResult, ProcessSpec } from '../contracts/os-sandbox.ts'
import { REPORT_DESCRIPTOR } from './bubblewrap-arguments.ts'
import { type ByteSink, createByteSink } from './byte-sink.ts'
import { endFamily, killFamily, type ProcessFamily } from './end-processes.ts'
import { readProcess } from './process-table.ts'

/** What is really started for a ProcessSpec. Paths are this machine's. */
export interface SpawnPlan {
  file: string
  args: readonly string[]
  argv0?: string
  cwd: string
  env: Readonly<Record<string, string>>
  /** `NAME=value` in `env` by which descendants are found. */
  marker?: string
  /** For bubblewrap: descriptor 3 carries its `--info-fd` report, those after it are fed these texts. */
  namespace?: { inputs: readonly string[] }
}

export type RunLimits = Pick<ProcessSpec, 'timeoutMs' | 'outputBytesMax' | 'signal' | 'onOutput'>
export type RawResult = Omit<ProcessResult, 'sandboxMs'>

const DRAIN_MS_MAX = 2_000
const TIMER_MS_MAX = 2 ** 31 - 1

/** Runs one process to its end, and ends everything it left behind. Never rejects. */
export async function runProcess(plan: SpawnPlan, limits: RunLimits): Promise<RawResult> {
  const startedMs = performance.now()
  const output = createOutput(limits)
  const finish = (end: ProcessEnd): RawResult => ({
    end,
    ...output.content(),
    durationMs: performance.now() - startedMs,
  })
  if (limits.signal?.aborted) return finish({ kind: 'cancelled' })

  const started = start(plan)
  if (!started.ok) return finish(started.end)
  const { child, family } = started
  if (family === undefined) return finish(await startFailure(child))
  output.attach(child)
  const end = await endOf(child, family, limits)
  if (end.kind === 'timed-out' || end.kind === 'cancelled') await endFamily(family)
  await drain(child, limits.signal)
  await endFamily(family)
  output.detach()
  return finish(end)
}

/** No family: the process could not be started and says so in an event. */
type Started = { ok: true; child: ChildProcess; family: ProcessFamily | undefined } | { ok: false; end: ProcessEnd }

function start(plan: SpawnPlan): Started {
  const extraPipes = plan.namespace ? ['pipe' as const, ...plan.namespace.inputs.map(() => 'pipe' as const)] : []
  const options: SpawnOptions = {
    cwd: plan.cwd,
    env: plan.env,
    stdio: ['ignore', 'pipe', 'pipe', ...extraPipes],
    detached: true,
    ...defined({ argv0: plan.argv0 }),
  }
  try {
    const child = spawn(plan.file, [...plan.args], options)
    if (child.pid === undefined) return { ok: true, child, family: undefined }
    const namespaceInit = plan.namespace ? readNamespaceInit(child) : () => undefined
    for (const [index, text] of (plan.namespace?.inputs ?? []).entries())
      feed(child, REPORT_DESCRIPTOR + 1 + index, text)
    const startedAt = readProcess(child.pid)?.startedAt
    const isNamespaced = plan.namespace !== undefined
    return {
      ok: true,
      child,
      family: { leader: child.pid, startedAt, marker: plan.marker, isNamespaced, namespaceInit },
    }
  } catch (error) {
    return { ok: false, end: spawnFailure(error) }
  }
}

function startFailure(child: ChildProcess): Promise<ProcessEnd> {
  return new Promise(resolve => {
    child.once('error', error => resolve(spawnFailure(error)))
  })
}

/** Bubblewrap writes its report before it lets the command start, so no command ever runs without it being known. */
function readNamespaceInit(child: ChildProcess): () => number | undefined {
  let report = ''
  const stream = child.stdio[REPORT_DESCRIPTOR] as Readable | null | undefined
  stream?.on('error', () => {})
  stream?.on('data', (chunk: Buffer) => {
    report += chunk.toString('latin1')
  })
  return () => {
    const pid = /"child-pid":\s*(\d+)/.exec(report)?.[1]
    return pid === undefined ? undefined : Number(pid)
  }
}

function feed(child: ChildProcess, descriptor: number, text: string): void {
  const stream = child.stdio[descriptor] as Writable | null | undefined
  stream?.on('error', () => {})
  stream?.end(text)
}

function endOf(child: ChildProcess, family: ProcessFamily, { timeoutMs, signal }: RunLimits): Promise<ProcessEnd> {
  return new Promise(resolve => {
    let forced: ProcessEnd | undefined
    const stop = (end: ProcessEnd) => {
      forced ??= end
      killFamily(family)
    }
    const cancel = () => stop({ kind: 'cancelled' })
    const timer = setTimeout(() => stop({ kind: 'timed-out' }), Math.min(Math.max(timeoutMs, 0), TIMER_MS_MAX))
    const settle = (end: ProcessEnd) => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', cancel)
      resolve(end)
    }
    signal?.addEventListener('abort', cancel, { once: true })
    child.on('error', () => {})
    child.once('exit', (exitCode, name) => {
      if (forced !== undefined) settle(forced)
      else if (name !== null) settle({ kind: 'signalled', signal: constants.signals[name] })
      else settle({ kind: 'exited', exitCode: exitCode ?? 0 })
    })
  })
}

/** Output of background processes still counts, for a while: they can keep the pipes open forever. */
function drain(child: ChildProcess, signal: AbortSignal | undefined): Promise<void> {
  const streams = [child.stdout, child.stderr, child.stdio[REPORT_DESCRIPTOR] as Readable | null | undefined]
  const open = streams.filter(stream => stream && !stream.closed && !stream.destroyed) as Readable[]
  if (open.length === 0) return Promise.resolve()
  return new Promise(resolve => {
    const settle = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', settle)
      resolve()
    }
    const timer = setTimeout(settle, DRAIN_MS_MAX)
    if (signal?.aborted) settle()
    signal?.addEventListener('abort', settle, { once: true })
    let left = open.length
    for (const stream of open) {
      stream.once('close', () => {
        left--
        if (left === 0) settle()
      })
    }
  })
}

type Output = Pick<RawResult, 'stdout' | 'stderr' | 'aggregated' | 'bytesDropped'>

function createOutput({ outputBytesMax, onOutput }: RunLimits) {
  const sinks = { stdout: createByteSink(outputBytesMax), stderr: createByteSink(outputBytesMax) }
  const aggregated: ByteSink = createByteSink(outputBytesMax * 2)
  let bytesDropped = 0
  let streams: Readable[] = []
  const listen = (name: 'stdout' | 'stderr', stream: Readable | null) => {
    if (stream === null) return
    streams.push(stream)
    stream.on('error', () => {})
    stream.on('data', (chunk: Buffer) => {
      const kept = sinks[name].write(chunk)
      bytesDropped += chunk.length - kept.length
      if (kept.length === 0) return
      aggregated.write(kept)
      onOutput?.(name, kept)
    })
  }
  return {
    attach(child: ChildProcess) {
      listen('stdout', child.stdout)
      listen('stderr', child.stderr)
    },
    detach() {
      for (const stream of streams) stream.destroy()
      streams = []
    },
    content: (): Output => ({
      stdout: sinks.stdout.content(),
      stderr: sinks.stderr.content(),
      aggregated: aggregated.content(),
      bytesDropped,
    }),
  }
}

function spawnFailure(error: unknown): ProcessEnd {
  const { code = 'UNKNOWN', message } = error as NodeJS.ErrnoException
  return { kind: 'spawn-failed', code, message }
}
