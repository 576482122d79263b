import type { Suite } from '../contracts/suite.ts'
import type { ApprovalGate, ApprovalRequest } from '../contracts/tool.ts'

/** Asks a person; resolves to whether the call may run. */
export type AskPerson = (request: ApprovalRequest, signal: AbortSignal) => Promise<boolean>

/** Decides by the suite's fixed answer, or by asking where it says so and somebody is there to ask. */
export function createApprovalGate({ policy, answer }: Suite['approval'], askPerson?: AskPerson): ApprovalGate {
  return {
    policy,
    async decide(request, signal) {
      if (answer !== 'ask') return answer === 'allow' ? 'allowed' : 'denied'
      if (askPerson === undefined || signal.aborted) return 'denied'
      return (await askPerson(request, signal)) ? 'allowed' : 'denied'
    },
  }
}
