import type { LauncherReply, LauncherRequest } from './launcher-messages.ts'
import { runProcess } from './run-process.ts'

/** The launcher process: starts processes for the harness, and ends them all when the harness is gone. */
const running = new Map<number, AbortController>()
let isOrphan = false

// Ctrl-C reaches the whole group; the harness decides what it means.
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => {})

process.on('message', (request: LauncherRequest) => {
  if (request.type === 'cancel') running.get(request.id)?.abort()
  else void run(request)
})

process.on('disconnect', () => {
  isOrphan = true
  for (const controller of running.values()) controller.abort()
  exitWhenIdle()
})

reply({ type: 'ready' })

async function run({ id, plan, limits, isLive }: Extract<LauncherRequest, { type: 'run' }>): Promise<void> {
  const controller = new AbortController()
  running.set(id, controller)
  const result = await runProcess(plan, {
    ...limits,
    signal: controller.signal,
    ...(isLive && { onOutput: (stream, chunk) => reply({ type: 'output', id, stream, chunk }) }),
  })
  running.delete(id)
  reply({ type: 'result', id, result })
  exitWhenIdle()
}

function reply(message: LauncherReply): void {
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined)
}

function exitWhenIdle(): void {
  if (isOrphan && running.size === 0) process.exit()
}
