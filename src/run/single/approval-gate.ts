import type { Suite } from '../../contracts/suite.ts'
import type { ApprovalGate, ApprovalRequest } from '../../contracts/tool.ts'
import { createSessionApprovals, type SessionAnswer } from '../../tools/toolbox/session-approvals.ts'

/** Asks a person whether a call can run; `allowed-for-session` applies to the rest of the trial. */
export type AskPerson = (request: ApprovalRequest, signal: AbortSignal) => Promise<SessionAnswer>

/** Decides by the suite's fixed answer, or asks a person where the suite wants that and one can be asked. */
export function createApprovalGate({ policy, answer }: Suite['approval'], askPerson?: AskPerson): ApprovalGate {
  return createSessionApprovals({
    policy,
    async ask(request, signal) {
      if (answer !== 'ask') return answer === 'allow' ? 'allowed' : 'denied'
      if (askPerson === undefined || signal.aborted) return 'denied'
      return askPerson(request, signal)
    },
  })
}
