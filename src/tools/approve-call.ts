import type { ApprovalGate, ApprovalNeed, ApprovalPolicy, ApprovalRequest } from '../contracts/tool.ts'

export type ApprovalDecision = { kind: 'run' } | { kind: 'allowed' } | { kind: 'denied'; message: string }

type Rule = 'run' | 'ask' | 'refuse'

/** Codex 0.55's table. Leaving the sandbox may only be asked for where there is somebody who expects the question. */
const RULES: Record<ApprovalPolicy, Record<ApprovalNeed['reason'], Rule>> = {
  never: { escalation: 'refuse', 'dangerous-command': 'run', 'unsafe-command': 'run', write: 'run' },
  'on-failure': { escalation: 'refuse', 'dangerous-command': 'run', 'unsafe-command': 'run', write: 'run' },
  'on-request': { escalation: 'ask', 'dangerous-command': 'ask', 'unsafe-command': 'run', write: 'run' },
  untrusted: { escalation: 'refuse', 'dangerous-command': 'ask', 'unsafe-command': 'ask', write: 'ask' },
}

/** Whether a refused command may be tried again without the sandbox, once somebody agrees. */
export function allowsRetry(policy: ApprovalPolicy): boolean {
  return policy === 'on-failure' || policy === 'untrusted'
}

/** Decides by the policy alone, or asks. Never rejects. */
export async function approveCall(
  gate: ApprovalGate,
  request: Omit<ApprovalRequest, 'need'> & { need: ApprovalNeed | undefined },
  signal: AbortSignal,
): Promise<ApprovalDecision> {
  const { need } = request
  if (need === undefined) return { kind: 'run' }
  switch (RULES[gate.policy][need.reason]) {
    case 'run':
      return { kind: 'run' }
    case 'refuse':
      return {
        kind: 'denied',
        message: `the approval policy is ${gate.policy}: you must not ask for escalated permissions under it`,
      }
    case 'ask':
      return askGate(gate, { ...request, need }, signal)
  }
}

/** Asks whatever the policy says. Never rejects. */
export async function askGate(
  gate: ApprovalGate,
  request: ApprovalRequest,
  signal: AbortSignal,
): Promise<ApprovalDecision> {
  const answer = await gate.decide(request, signal)
  return answer === 'allowed'
    ? { kind: 'allowed' }
    : { kind: 'denied', message: `${request.tool} was rejected by the user` }
}
