import { type ChildProcess, fork } from 'node:child_process'
import type { LauncherReply, LauncherRequest } from './launcher-messages.ts'
import { type RawResult, type RunLimits, runProcess, type SpawnPlan } from './run-process.ts'

/**
 * Starting a process forks this one, and the kernel copies its page tables for that: with the 300 MB of a run, over
 * 20 ms a start instead of 2. So a small process of our own does it, from the fourth start on; a command that needs
 * only a few is spared the launcher.
 */
const STARTS_BEFORE_LAUNCHER = 3
const LAUNCHER_FILE = new URL(`./launcher-main${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url)

interface Waiting {
  limits: RunLimits
  resolve(result: RawResult): void
}

interface Launcher {
  child: ChildProcess
  isReady: boolean
  waiting: Map<number, Waiting>
}

let launcher: Launcher | undefined
let starts = 0

/** Like `runProcess`, started from a small process where there is one. Never rejects. */
export function launchProcess(plan: SpawnPlan, limits: RunLimits): Promise<RawResult> {
  starts++
  if (launcher === undefined && starts > STARTS_BEFORE_LAUNCHER) launcher = startLauncher()
  if (!launcher?.isReady || limits.signal?.aborted) return runProcess(plan, limits)
  return runIn(launcher, plan, limits)
}

function startLauncher(): Launcher {
  // An environment of its own: what the harness knows, keys among it, is none of the launcher's.
  const child = fork(LAUNCHER_FILE, {
    serialization: 'advanced',
    env: {},
    execArgv: ['--no-warnings'],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  const started: Launcher = { child, isReady: false, waiting: new Map() }
  child.on('message', (reply: LauncherReply) => receive(started, reply))
  child.on('error', () => giveUp(started))
  child.on('exit', () => giveUp(started))
  keepAlive(started, false)
  return started
}

function runIn(target: Launcher, plan: SpawnPlan, limits: RunLimits): Promise<RawResult> {
  const { signal, timeoutMs, outputBytesMax } = limits
  const id = starts
  return new Promise(resolve => {
    const cancel = () => send(target, { type: 'cancel', id })
    signal?.addEventListener('abort', cancel, { once: true })
    target.waiting.set(id, {
      limits,
      resolve(result) {
        signal?.removeEventListener('abort', cancel)
        resolve(result)
      },
    })
    keepAlive(target, true)
    send(target, {
      type: 'run',
      id,
      plan,
      limits: { timeoutMs, outputBytesMax },
      isLive: limits.onOutput !== undefined,
    })
  })
}

function receive(from: Launcher, reply: LauncherReply): void {
  if (reply.type === 'ready') {
    from.isReady = true
    return
  }
  const waiting = from.waiting.get(reply.id)
  if (reply.type === 'output') {
    waiting?.limits.onOutput?.(reply.stream, reply.chunk)
    return
  }
  from.waiting.delete(reply.id)
  if (from.waiting.size === 0) keepAlive(from, false)
  waiting?.resolve(reply.result)
}

/** A launcher that ended takes its processes with it; their calls fail, and the next start makes another one. */
function giveUp(lost: Launcher): void {
  if (launcher === lost) launcher = undefined
  lost.isReady = false
  const nothing = new Uint8Array()
  const end = {
    kind: 'spawn-failed',
    code: 'ELAUNCHER',
    message: 'the process that starts commands was killed',
  } as const
  for (const { resolve } of lost.waiting.values()) {
    resolve({ end, stdout: nothing, stderr: nothing, aggregated: nothing, bytesDropped: 0, durationMs: 0 })
  }
  lost.waiting.clear()
}

function send({ child }: Launcher, request: LauncherRequest): void {
  if (child.connected) child.send(request, () => undefined)
}

/** An idle launcher must not keep the harness from ending. */
function keepAlive({ child }: Launcher, isNeeded: boolean): void {
  if (isNeeded) {
    child.ref()
    child.channel?.ref()
  } else {
    child.unref()
    child.channel?.unref()
  }
}
