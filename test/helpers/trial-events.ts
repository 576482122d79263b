import { digestOf } from '../../src/base/digest.ts'
import type { Arm } from '../../src/contracts/arm.ts'
import type { ContentKind, TrialDescriptor, TrialEvent, TrialEventBody } from '../../src/contracts/events.ts'
import type { JsonValue } from '../../src/contracts/json.ts'
import type { AssistantMessage, Message, ModelAttempt, ModelFailure, Usage } from '../../src/contracts/model.ts'
import type { ScriptFailure, ScriptTimings } from '../../src/contracts/script.ts'
import { TRIAL_LIMITS_DEFAULT } from '../../src/contracts/suite.ts'
import type { ToolCallRecord } from '../../src/contracts/tool.ts'
import type { AgentEnd, Outcome } from '../../src/contracts/trial.ts'

/** One call of a turn or a script. Times count from the turn's start; without a start, calls run at once. */
export interface CallPlan extends Partial<Omit<ToolCallRecord, 'queuedAtMs' | 'startedAtMs' | 'endedAtMs'>> {
  queuedMs?: number
  startMs?: number
  durationMs?: number
}

interface ScriptPlan {
  source?: string
  calls?: CallPlan[]
  failure?: ScriptFailure
  timings?: Partial<ScriptTimings>
  memoryPeakBytes?: number
  cacheHit?: boolean
  logs?: string[]
  /** The log breaks off before the script's end. */
  isOpen?: boolean
}

/** One turn: what the model said, and what came of it. */
export interface TurnPlan {
  text?: string
  latencyMs?: number
  usage?: Partial<Usage> | 'none'
  failure?: ModelFailure
  attempts?: ModelAttempt[]
  servedModel?: string
  reasoningCarried?: boolean
  calls?: CallPlan[]
  script?: ScriptPlan
  refusedCalls?: number
  protocolErrors?: ('malformed-arguments' | 'malformed-script' | 'unknown-tool' | 'truncated' | 'empty-reply')[]
  repairs?: string[]
  request?: Partial<Extract<TrialEventBody, { type: 'model_request' }>>
  observation?: { tokens?: number; bytes?: number; tokensCut?: number; text?: string }
}

export interface TrialPlan {
  trial?: Partial<Omit<TrialDescriptor, 'arm'>>
  arm?: Partial<Arm>
  startedAt?: string
  prompt?: string
  turns?: TurnPlan[]
  clauses?: Record<string, number>[]
  outcome?: Outcome
  end?: AgentEnd
  unexpected?: string[]
  /** Between the last turn and the agent's end. */
  tailMs?: number
  cpuMs?: number
  /** The log breaks off before the trial's end. */
  isInterrupted?: boolean
}

export const DEFAULT_ARM: Arm = {
  mode: 'structured-parallel',
  reinjection: 'off',
  reinjectionCarrier: 'tool-result',
  tools: 'full',
  leniency: 'lenient',
  protocolText: 'a',
  patchCarrier: 'tool',
  typeCheck: 'off',
  custom: {},
}

const NO_TIMINGS: ScriptTimings = {
  stripMs: 0,
  startMs: 0,
  guestCpuMs: 0,
  bridgeMs: 0,
  freezeMs: 0,
  teardownMs: 0,
  toolWaitMs: 0,
  approvalMs: 0,
  wallMs: 0,
  maxInFlight: 0,
}

function descriptorOf(fields: Partial<TrialDescriptor> = {}): TrialDescriptor {
  return {
    id: 'trial1',
    task: 'count-words',
    taskDigest: 'a'.repeat(64),
    cluster: 'text',
    stratum: 'few',
    model: 'openai/gpt-test',
    playerKind: 'api',
    parameters: {},
    arm: DEFAULT_ARM,
    repeat: 0,
    block: 0,
    position: 0,
    seed: 'seed',
    limits: TRIAL_LIMITS_DEFAULT,
    sandbox: { mechanism: 'bubblewrap', policy: 'workspace-write' },
    ...fields,
  }
}

/** Numbers events and keeps the time, as the log does. */
function recorder() {
  const events: TrialEvent[] = []
  const hashes = new Set<string>()
  let nowMs = 0
  const record = (body: TrialEventBody) => events.push({ seq: events.length, atMs: nowMs, ...body })
  const content = (kind: ContentKind, value: unknown): string => {
    const hash = digestOf(value)
    if (!hashes.has(hash)) record({ type: 'content', hash, kind, value: value as JsonValue })
    hashes.add(hash)
    return hash
  }
  return {
    events,
    record,
    content,
    nowMs: () => nowMs,
    advance: (durationMs: number) => {
      nowMs += durationMs
    },
  }
}

type Recorder = ReturnType<typeof recorder>

/** The event stream that a trial with these turns leaves behind. */
export function trialEvents(plan: TrialPlan = {}): TrialEvent[] {
  const log = recorder()
  const outcome = plan.outcome ?? { kind: 'solved' }
  const trial = { ...descriptorOf(plan.trial), arm: { ...DEFAULT_ARM, ...plan.arm } }
  const startedAt = plan.startedAt ?? '2026-01-02T03:04:05.000Z'
  log.record({ type: 'trial_start', trial, startedAt, nonce: '0123456789abcdef', toolDefinitionTokens: 900 })
  const prompt: Message = { role: 'user', parts: [{ text: plan.prompt ?? 'Count the words.', origin: 'task' }] }
  const messages = [log.content('message', prompt)]
  log.record({ type: 'user_prompt', step: 'main', index: 0, message: messages[0] as string })
  for (const [index, turn] of (plan.turns ?? [{}]).entries()) playTurn(log, { turn: index + 1, plan: turn, messages })
  if (plan.isInterrupted) return log.events
  log.record({ type: 'step_end', step: 'main' })
  if (outcome.kind === 'limited') log.record({ type: 'limit_hit', limit: outcome.limit })
  log.advance(plan.tailMs ?? 0)
  log.record({ type: 'agent_end', end: plan.end ?? { kind: 'finished' } })
  finish(log, plan, outcome)
  return log.events
}

function finish(log: Recorder, plan: TrialPlan, outcome: Outcome): void {
  const diff = { added: ['out.txt'], modified: ['src/main.js'], deleted: [] }
  log.record({ type: 'workspace_diff', diff, ...(plan.unexpected && { unexpected: plan.unexpected }) })
  for (const clauses of plan.clauses ?? []) {
    log.advance(500)
    log.record({ type: 'verifier_end', step: 'main', clauses, tampered: [], durationMs: 500, outputTail: 'ok' })
  }
  const cpu = plan.cpuMs === undefined ? {} : { cpuMs: plan.cpuMs }
  log.record({ type: 'trial_end', outcome, wallMs: log.nowMs(), ...cpu })
}

interface TurnContext {
  turn: number
  plan: TurnPlan
  messages: string[]
}

function playTurn(log: Recorder, { turn, plan, messages }: TurnContext): void {
  log.record({
    type: 'model_request',
    turn,
    system: log.content('system', 'You are a coding agent.'),
    tools: log.content('tools', []),
    messages: [...messages],
    bytes: 4000,
    contextTokens: 1000 * turn,
    reinjectedCopies: 0,
    reinjectedTokens: 0,
    promptDistanceTokens: 100 * turn,
    ...plan.request,
  })
  reply(log, { turn, plan, messages })
  for (const repair of plan.repairs ?? []) log.record({ type: 'lenient_repair', turn, repair })
  for (const kind of plan.protocolErrors ?? [])
    log.record({ type: 'protocol_error', turn, class: kind, message: `${kind} in the reply` })
  for (let index = 0; index < (plan.refusedCalls ?? 0); index++)
    log.record({ type: 'call_refused', turn, callId: `t${turn}.r${index}`, tool: 'readFile' })
  if (plan.script !== undefined) playScript(log, turn, plan.script)
  playCalls(log, `t${turn}`, plan.calls ?? [])
  if (plan.script === undefined && plan.calls === undefined && plan.observation === undefined) return
  const { text = 'result', tokens = 50, bytes = 200, tokensCut = 0 } = plan.observation ?? {}
  const observation: Message = { role: 'user', parts: [{ text, origin: 'observation' }] }
  messages.push(log.content('message', observation))
  log.record({ type: 'observation', turn, tokens, bytes, tokensCut })
}

function reply(log: Recorder, { turn, plan, messages }: TurnContext): void {
  const latencyMs = plan.latencyMs ?? 1000
  for (const attempt of plan.attempts ?? [{ attempt: 1, durationMs: latencyMs }]) {
    log.advance(attempt.durationMs)
    log.record({ type: 'model_attempt', turn, attempt })
    log.advance(attempt.backoffMs ?? 0)
  }
  const usage: Usage = {
    inputFreshTokens: 1000,
    cacheReadTokens: 500,
    cacheWriteTokens: 0,
    outputTokens: 100,
    reasoningTokens: 40,
    estimated: false,
    raw: null,
    ...(plan.usage === 'none' ? {} : plan.usage),
  }
  const calls = (plan.calls ?? []).map((call, index) => ({
    callId: `w${turn}.${index}`,
    name: call.tool ?? 'readFile',
    argumentsText: JSON.stringify(call.args ?? {}),
  }))
  const message: AssistantMessage = { role: 'assistant', text: plan.text ?? `Turn ${turn}.`, toolCalls: calls }
  const hash = plan.failure === undefined ? log.content('message', message) : undefined
  if (hash !== undefined) messages.push(hash)
  log.record({
    type: 'model_reply',
    turn,
    latencyMs,
    ...(hash !== undefined && { message: hash }),
    ...(plan.failure !== undefined && { failure: plan.failure }),
    ...(plan.usage !== 'none' && { usage }),
    ...(plan.servedModel !== undefined && { servedModel: plan.servedModel }),
    ...(plan.reasoningCarried !== undefined && { reasoningCarried: plan.reasoningCarried }),
  })
}

function playScript(log: Recorder, turn: number, plan: ScriptPlan): void {
  const script = `t${turn}.s1`
  const source = log.content('script', plan.source ?? 'return 1')
  log.record({ type: 'script_start', turn, script, source })
  for (const text of plan.logs ?? []) log.record({ type: 'script_log', script, log: { level: 'log', text, atMs: 1 } })
  const startedMs = log.nowMs()
  const calls = playCalls(log, script, plan.calls ?? [])
  if (plan.isOpen) return
  log.record({
    type: 'script_end',
    turn,
    script,
    ...(plan.failure !== undefined && { failure: plan.failure }),
    calls: calls.map((call, settled) => ({
      callId: call.callId,
      tool: call.tool,
      args: call.args,
      effect: call.effect === 'none' ? 'read' : call.effect,
      status: call.status,
      ...(call.error !== undefined && { error: call.error }),
      startedMs: call.startedAtMs - startedMs,
      ms: call.endedAtMs - call.startedAtMs,
      settled,
      awaited: true,
    })),
    notices: [],
    logsDropped: 0,
    timings: { ...NO_TIMINGS, ...plan.timings },
    ...(plan.memoryPeakBytes !== undefined && { memoryPeakBytes: plan.memoryPeakBytes }),
    ...(plan.cacheHit !== undefined && { cacheHit: plan.cacheHit }),
  })
}

function playCalls(log: Recorder, prefix: string, plans: readonly CallPlan[]): ToolCallRecord[] {
  const baseMs = log.nowMs()
  const calls = plans.map(({ queuedMs, startMs = 0, durationMs = 10, ...fields }, index): ToolCallRecord => {
    return {
      callId: `${prefix}.${index + 1}`,
      tool: 'readFile',
      args: {},
      status: fields.error === undefined ? 'ok' : 'failed',
      effect: 'read',
      queuedAtMs: baseMs + (queuedMs ?? startMs),
      startedAtMs: baseMs + startMs,
      endedAtMs: baseMs + startMs + durationMs,
      approvalMs: 0,
      resultBytes: 300,
      textBytes: 250,
      facts: {},
      ...fields,
    }
  })
  const inOrderOfEnd = [...calls].sort((left, right) => left.endedAtMs - right.endedAtMs)
  for (const call of inOrderOfEnd) {
    log.advance(Math.max(0, call.endedAtMs - log.nowMs()))
    log.record({ type: 'tool_call', call })
  }
  return calls
}
