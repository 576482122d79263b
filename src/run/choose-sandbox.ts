import { UserError } from '../contracts/errors.ts'
import type { SandboxMechanism, SandboxPolicy } from '../contracts/os-sandbox.ts'
import { detectBubblewrap } from '../os-sandbox/detect-bubblewrap.ts'
import { measureSpawnOverheadMs } from '../os-sandbox/measure-spawn-overhead.ts'

export interface ChosenSandbox {
  requested: 'auto' | SandboxMechanism
  mechanism: SandboxMechanism
  policy: SandboxPolicy
  /** Why there is no sandbox although one was requested. */
  reason?: string
  spawnOverheadMs: number
}

export interface SandboxWish {
  mechanism: 'auto' | SandboxMechanism
  policy: SandboxPolicy
  /** Whether every command comes from the suite's author; commands that a model writes never run unconfined by default. */
  isTrusted: boolean
  /** Whether the mechanism's own cost is measured, for runs that report it. */
  isMeasured: boolean
}

/** Decides once per run how processes are confined, or throws an error that says what to do. */
export async function chooseSandbox({ mechanism, policy, isTrusted, isMeasured }: SandboxWish): Promise<ChosenSandbox> {
  if (mechanism === 'none') return { requested: mechanism, mechanism: 'none', policy, spawnOverheadMs: 0 }
  const found = await detectBubblewrap()
  if (found.kind === 'works') {
    const spawnOverheadMs = isMeasured ? await measureSpawnOverheadMs() : 0
    return { requested: mechanism, mechanism: 'bubblewrap', policy, spawnOverheadMs }
  }
  if (mechanism === 'auto' && isTrusted) {
    return { requested: mechanism, mechanism: 'none', policy, reason: found.reason, spawnOverheadMs: 0 }
  }
  throw new UserError(
    'sandbox-unavailable',
    `Commands that a model writes need a sandbox, and bubblewrap does not work here: ${found.reason}\n${found.remedy}\nOr pass --sandbox none to run them unconfined on this machine; every report will say so.`,
  )
}
