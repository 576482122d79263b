import { defined } from '../../base/defined.ts'
import type { Clock } from '../../contracts/clock.ts'
import type { JsonValue } from '../../contracts/json.ts'
import type { ApprovalRequest, ToolProgress } from '../../contracts/tool.ts'
import { createOsSandbox } from '../../os-sandbox/create-os-sandbox.ts'
import { type BubblewrapState, detectBubblewrap } from '../../os-sandbox/detect-bubblewrap.ts'
import { formattedOutput, modelText } from '../../tools/exec/model-text.ts'
import { createSessionApprovals, type SessionAnswer } from '../../tools/toolbox/session-approvals.ts'
import { type AnyTool, createToolbox } from '../../tools/toolbox/toolbox.ts'
import { type ExecEvent, type ExecSession, execResult, execSession } from '../exec/exec-protocol.ts'
import type { PortReply, PortRequest } from '../port/port-protocol.ts'
import { createHostView } from './host-view.ts'
import type { PortModule } from './port-module.ts'

/** Performs one call of a port's `exec` as a session would: policies, questions, retries, output as it comes. */
export async function runExec(
  tool: AnyTool,
  { port, request, clock }: { port: PortModule; request: PortRequest; clock: Clock },
): Promise<PortReply> {
  const session = execSession.parse(request.session)
  const isConfined = session.sandbox !== 'danger-full-access'
  if (isConfined) {
    const bubblewrap = await detection()
    if (bubblewrap.kind === 'broken') return unavailable(bubblewrap.reason)
  }
  const { events, record, ask, signal } = observe(session, clock)
  const workspace = createHostView(request.cwd)
  const { approval: policy, allowed, writableRoots, environmentPolicy } = session
  const toolbox = createToolbox({
    tools: [tool],
    workspace,
    sandbox: createOsSandbox({
      mechanism: isConfined ? 'bubblewrap' : 'none',
      policy: session.sandbox,
      workspace,
      view: {
        kind: 'host',
        writableRoots,
        hasNetwork: session.hasNetwork,
        isTmpdirExcluded: session.isTmpdirExcluded,
        isSlashTmpExcluded: session.isSlashTmpExcluded,
      },
      spawnOverheadMs: 0,
      environment: session.variables,
      environmentPolicy: defined(environmentPolicy),
    }),
    clock,
    approvals: createSessionApprovals({ policy, ask, allowed: new Set(allowed) }),
    record: () => undefined,
    progress: (_callId, progress) => record(progress),
  })
  const outcome = await toolbox.call({ callId: 'call', tool: 'exec', args: request.args }, { signal })
  if (!outcome.ok) return { ok: false, error: outcome.error, events: events as JsonValue[] }
  const result = execResult.safeParse(outcome.result)
  if (!result.success) return { ok: true, result: outcome.result, events: events as JsonValue[] }
  const { formattedOutput: format = formattedOutput, modelText: render = modelText } = port
  events.push({ type: 'formatted', text: format(result.data) })
  return {
    ok: true,
    result: outcome.result,
    text: render(result.data, { profile: '0.55', form: session.form }),
    isCapped: true,
    events: events as JsonValue[],
  }
}

let detected: Promise<BubblewrapState> | undefined

function detection(): Promise<BubblewrapState> {
  detected ??= detectBubblewrap()
  return detected
}

/** Records what happens in a call and answers its questions. */
function observe({ decision }: ExecSession, clock: Clock) {
  const events: ExecEvent[] = []
  const stop = new AbortController()
  const record = (progress: ToolProgress) => {
    if (progress.type === 'patch') events.push({ type: 'patch', changes: [...progress.changes] })
    else {
      const base64 = Buffer.from(progress.chunk).toString('base64')
      events.push({ type: 'output', stream: progress.stream, base64, atMs: clock.nowMs() })
    }
  }
  const ask = async ({ need }: ApprovalRequest): Promise<SessionAnswer> => {
    const { isPatch = false, explanation = null, sessionKey: key } = need
    events.push({ type: 'approval', isPatch, explanation, ...defined({ key }) })
    if (decision === 'abort') stop.abort()
    if (decision === 'approved_for_session') return 'allowed-for-session'
    return decision === 'approved' ? 'allowed' : 'denied'
  }
  return { events, record, ask, signal: stop.signal }
}

function unavailable(reason: string): PortReply {
  return { ok: false, error: { code: 'unavailable', message: reason } }
}
