import type { ScriptCallHooks } from '../../contracts/script.ts'
import type { ToolOutcome } from '../../contracts/tool.ts'

interface TimedWork {
  name: string
  timeoutMs: number
  hooks: ScriptCallHooks
  work(hooks: ScriptCallHooks): Promise<ToolOutcome>
}

/** Answers in time even when the tool ignores its signal. The clock is stopped while an approval is pending. */
export async function withTimeout({ name, timeoutMs, hooks, work }: TimedWork): Promise<ToolOutcome> {
  const timeout = new AbortController()
  const { promise: late, resolve } = Promise.withResolvers<ToolOutcome>()
  let leftMs = timeoutMs
  let sinceMs = 0
  let timer: NodeJS.Timeout | undefined
  const stop = () => {
    if (timer === undefined) return
    clearTimeout(timer)
    timer = undefined
    leftMs -= performance.now() - sinceMs
  }
  const start = () => {
    stop()
    sinceMs = performance.now()
    timer = setTimeout(() => {
      resolve({ ok: false, error: { code: 'timed-out', message: `${name} took longer than ${timeoutMs} ms` } })
      timeout.abort()
    }, leftMs)
  }
  const onApprovalPending = (isPending: boolean) => {
    if (isPending) stop()
    else start()
    hooks.onApprovalPending(isPending)
  }
  start()
  try {
    return await Promise.race([
      late,
      work({ signal: AbortSignal.any([hooks.signal, timeout.signal]), onApprovalPending }),
    ])
  } finally {
    stop()
  }
}
