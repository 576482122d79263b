import type { ApprovalGate, ApprovalPolicy, ApprovalRequest } from '../../contracts/tool.ts'

/** `allowed-for-session`: for this and every later question with the same `sessionKey`. */
export type SessionAnswer = 'allowed' | 'allowed-for-session' | 'denied'

export interface SessionApprovalOptions {
  policy: ApprovalPolicy
  /** Never rejects; an abort is a denial. */
  ask(request: ApprovalRequest, signal: AbortSignal): Promise<SessionAnswer>
  /** The keys of what was allowed before; those of this session are added to it. */
  allowed?: Set<string>
}

/** A gate that does not ask twice for what was allowed for the whole session. */
export function createSessionApprovals({ policy, ask, allowed = new Set() }: SessionApprovalOptions): ApprovalGate {
  return {
    policy,
    async decide(request, signal) {
      const { sessionKey } = request.need
      if (sessionKey !== undefined && allowed.has(sessionKey)) return 'allowed'
      const answer = await ask(request, signal)
      if (answer === 'allowed-for-session' && sessionKey !== undefined) allowed.add(sessionKey)
      return answer === 'denied' ? 'denied' : 'allowed'
    },
  }
}
