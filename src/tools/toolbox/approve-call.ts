import type {
  ApprovalGate,
  ApprovalNeed,
  ApprovalPolicy,
  ApprovalReason,
  ApprovalRequest,
} from '../../contracts/tool.ts'

export type ApprovalDecision = { kind: 'run' } | { kind: 'allowed' } | { kind: 'denied'; message: string }

type Rule = 'run' | 'ask' | 'refuse'

/** Codex 0.55's table. Leaving the sandbox can only be asked for where someone expects the question. */
const RULES: Record<ApprovalReason, Record<ApprovalPolicy, Rule>> = {
  escalation: { never: 'refuse', 'on-failure': 'refuse', 'on-request': 'ask', untrusted: 'refuse' },
  'needless-escalation': { never: 'refuse', 'on-failure': 'refuse', 'on-request': 'run', untrusted: 'refuse' },
  'dangerous-command': { never: 'run', 'on-failure': 'run', 'on-request': 'ask', untrusted: 'ask' },
  'unsafe-command': { never: 'run', 'on-failure': 'run', 'on-request': 'run', untrusted: 'ask' },
  write: { never: 'run', 'on-failure': 'run', 'on-request': 'run', untrusted: 'ask' },
  'outside-write': { never: 'refuse', 'on-failure': 'run', 'on-request': 'ask', untrusted: 'ask' },
}

/** As upstream spells them in its refusals. */
const POLICY_NAMES: Record<ApprovalPolicy, string> = {
  never: 'Never',
  'on-failure': 'OnFailure',
  'on-request': 'OnRequest',
  untrusted: 'UnlessTrusted',
}

/** Whether a refused command can be tried again without the sandbox after approval. */
export function allowsRetry(policy: ApprovalPolicy, isPatch = false): boolean {
  return policy === 'on-failure' || policy === 'untrusted' || (isPatch && policy !== 'never')
}

/** Decides by the policy alone, or asks. Never rejects. */
export async function approveCall(
  gate: ApprovalGate,
  request: Omit<ApprovalRequest, 'need'> & { need: ApprovalNeed | undefined },
  signal: AbortSignal,
): Promise<ApprovalDecision> {
  const { need } = request
  if (need === undefined) return { kind: 'run' }
  switch (RULES[need.reason][gate.policy]) {
    case 'run':
      return { kind: 'run' }
    case 'refuse':
      return { kind: 'denied', message: refusal(need.reason, POLICY_NAMES[gate.policy]) }
    case 'ask':
      return askGate(gate, { ...request, need }, signal)
  }
}

/** Asks, whatever the policy is. Never rejects. */
export async function askGate(
  gate: ApprovalGate,
  request: ApprovalRequest,
  signal: AbortSignal,
): Promise<ApprovalDecision> {
  const answer = await gate.decide(request, signal)
  if (answer === 'allowed') return { kind: 'allowed' }
  return { kind: 'denied', message: rejection(request.tool, request.need.isPatch) }
}

function refusal(reason: ApprovalReason, policy: string): string {
  if (reason === 'outside-write') {
    return 'patch rejected: writing outside of the project; rejected by user approval settings'
  }
  return `approval policy is ${policy}; reject command — you should not ask for escalated permissions if the approval policy is ${policy}`
}

/** What the model is shown when approval is denied. */
export function rejection(tool: string, isPatch = false): string {
  if (isPatch) return 'patch rejected by user'
  return tool === 'exec' ? 'exec command rejected by user' : `${tool} rejected by user`
}
