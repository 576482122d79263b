import { defined } from '../../base/defined.ts'
import type { Result } from '../../contracts/result.ts'
import type { ApprovalNeed, ToolContext, ToolFailure } from '../../contracts/tool.ts'
import { isDangerousCommand } from './dangerous-command.ts'
import type { ExecInput } from './exec-schema.ts'
import { isSafeCommand } from './safe-command.ts'

/** What is to be approved: an ordinary command, or a patch in one; absent where the call fails anyway. */
export type Approvable = { kind: 'command' } | { kind: 'patch'; isAllowed: boolean } | undefined

/** Codex 0.55's question for approval, without the policy. */
export async function approvalOf(
  input: ExecInput,
  approvable: Approvable,
  sandbox: ToolContext['sandbox'],
): Promise<ApprovalNeed | undefined> {
  const { command, cwd, justification, withEscalatedPermissions: isEscalated = false } = input
  const line = command.join(' ')
  const common = {
    detail: isEscalated && justification !== undefined ? `${line} (${justification})` : line,
    ...defined({ explanation: justification }),
  }
  if (approvable === undefined) return isEscalated ? { reason: 'needless-escalation', ...common } : undefined
  if (approvable.kind === 'patch') return patchNeed(approvable.isAllowed, isEscalated)
  const sessionKey = JSON.stringify([command, cwd ?? '', isEscalated])
  const need = (reason: ApprovalNeed['reason']): ApprovalNeed => ({ reason, ...common, sessionKey })
  const isSafe = await isSafeCommand(command)
  const isDangerous = !isSafe && (await isDangerousCommand(command))
  if (isEscalated) {
    // What only reads does no harm outside either, unless the sandbox hides something.
    const isHarmless = isSafe && sandbox.canReadAll === true
    const isNeedless = isHarmless || (sandbox.policy === 'danger-full-access' && !isDangerous)
    return need(isNeedless ? 'needless-escalation' : 'escalation')
  }
  if (isSafe) return undefined
  return need(isDangerous ? 'dangerous-command' : 'unsafe-command')
}

function patchNeed(isAllowed: boolean, isEscalated: boolean): ApprovalNeed {
  const detail = 'apply the patch in the command'
  if (isEscalated) return { reason: isAllowed ? 'needless-escalation' : 'escalation', detail, isPatch: true }
  return { reason: isAllowed ? 'write' : 'outside-write', detail, isPatch: true }
}

/** The question when the sandbox seems to have refused something. */
export function retryNeed(input: ExecInput): ApprovalNeed {
  const { command, cwd, withEscalatedPermissions = false } = input
  const explanation = 'command failed; retry without sandbox?'
  return {
    reason: 'escalation',
    detail: `${explanation} ${command.join(' ')}`,
    explanation,
    sessionKey: JSON.stringify([command, cwd ?? '', withEscalatedPermissions]),
  }
}

/** What `exec` needs of a patch found in a command. */
export interface ExecPatch {
  /** Whether the sandbox's policy lets everything be written. */
  isAllowed: boolean
  /** The value is what the patch program prints. */
  apply(context: ToolContext, options: { isUnconfined: boolean }): Promise<Result<string, ToolFailure>>
}
