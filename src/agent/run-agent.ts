import { costUsdMax } from '../base/cost.ts'
import { defined } from '../base/defined.ts'
import { failureTraits } from '../base/models/failure-class.ts'
import type { Clock } from '../contracts/clock.ts'
import type { ContentKind, RecordEvent } from '../contracts/events.ts'
import type { FactorHooks } from '../contracts/factor-module.ts'
import type { JsonValue } from '../contracts/json.ts'
import type {
  AssistantMessage,
  Message,
  ModelPrices,
  ModelProvider,
  ModelReply,
  ModelRequest,
} from '../contracts/model.ts'
import type { LimitName, TrialLimits } from '../contracts/suite.ts'
import type { TokenCounter } from '../contracts/tokens.ts'
import type { AgentEnd } from '../contracts/trial.ts'
import { type Budget, createBudget } from './budget.ts'
import { measureRequest } from './measure-request.ts'
import type { Action, ModeStrategy } from './mode-strategy.ts'
import { observe, type Spill } from './observe.ts'
import { type ReinjectionLevel, reinject } from './reinjection.ts'

export interface AgentOptions {
  prompts: readonly { name: string; text: string }[]
  model: ModelProvider
  prices?: ModelPrices
  /** Preamble and nonce; the mode's protocol follows it. */
  systemStart: string
  mode: ModeStrategy
  reinjection: ReinjectionLevel
  hooks: readonly FactorHooks[]
  limits: TrialLimits
  clock: Clock
  countTokens: TokenCounter
  cacheKey: string
  /** Counts the tool calls that have run, in whichever mode. */
  toolCallsSoFar(): number
  /** Milliseconds spent waiting for a person so far. */
  approvalWaitSoFarMs(): number
  record: RecordEvent
  /** Stores a content once and returns its hash. */
  content(kind: ContentKind, value: JsonValue): string
  spill: Spill
  /** Called when the agent has answered a prompt, before the next one is sent. */
  onStepEnd(step: string): Promise<void>
  signal: AbortSignal
}

interface Conversation extends AgentOptions {
  history: Message[]
  budget: Budget
  /** Aborts with the wall-time limit or the caller's signal. */
  deadline: AbortSignal
  turn: number
  /** Messages do not change once made, so each is hashed once per trial. */
  stored: WeakMap<Message, string>
}

/** Plays one trial's prompts against a model until it stops acting, a limit is reached, or something fails. */
export async function runAgent(options: AgentOptions): Promise<AgentEnd> {
  const { clock, limits, record, signal } = options
  const timer = new AbortController()
  const deadline = AbortSignal.any([signal, timer.signal])
  const stopTimer = new AbortController()
  void clock.sleep(limits.wallTimeMs, stopTimer.signal).then(() => timer.abort())
  const conversation: Conversation = {
    ...options,
    history: [],
    budget: createBudget(limits, clock),
    deadline,
    turn: 0,
    stored: new WeakMap(),
  }
  try {
    for (const [index, prompt] of options.prompts.entries()) {
      const message: Message = { role: 'user', parts: [{ text: prompt.text, origin: 'task' }] }
      conversation.history.push(message)
      record({ type: 'user_prompt', step: prompt.name, index, message: storeMessage(conversation, message) })
      const end = await converse(conversation)
      if (end.kind === 'finished' || end.kind === 'limited') {
        await options.onStepEnd(prompt.name)
        record({ type: 'step_end', step: prompt.name })
      }
      if (end.kind !== 'finished') return end
    }
    return { kind: 'finished' }
  } finally {
    stopTimer.abort()
  }
}

/** Ask, read, perform, observe: until a reply has no action. */
async function converse(conversation: Conversation): Promise<AgentEnd> {
  const { budget, history, mode, record } = conversation
  for (;;) {
    const limit = limitReached(conversation)
    if (limit !== undefined) return limited(record, limit)
    budget.turnStarted()
    const turn = ++conversation.turn
    const reply = await ask(conversation)
    if (!reply.ok) {
      if (conversation.signal.aborted) return { kind: 'cancelled' }
      const end = endOf(conversation, reply)
      if (end !== undefined) return end
      continue
    }
    history.push(reply.message)
    const { actions, isNative, repairs } = mode.read(reply.message)
    for (const repair of repairs) record({ type: 'lenient_repair', turn, repair })
    if (actions.length === 0) return finish(record, reply.message, turn)
    if (conversation.signal.aborted) return { kind: 'cancelled' }
    await act(conversation, actions, isNative)
    if (conversation.signal.aborted) return { kind: 'cancelled' }
  }
}

async function ask(conversation: Conversation): Promise<ModelReply> {
  const { budget, cacheKey, countTokens, deadline, hooks, history, mode, model, record, turn } = conversation
  const { protocol, tools, parallelToolCalls } = mode.describe()
  const messages = hooks.reduce<readonly Message[]>(
    (current, hook) => hook.history?.(current) ?? current,
    reinject(history, conversation.reinjection),
  )
  const request: ModelRequest = {
    system: `${conversation.systemStart}\n\n${protocol}`,
    messages,
    tools,
    parallelToolCalls,
    cacheKey,
  }
  record({
    type: 'model_request',
    turn,
    system: conversation.content('system', request.system),
    tools: conversation.content('tools', request.tools as unknown as JsonValue),
    messages: messages.map(message => storeMessage(conversation, message)),
    ...measureRequest(request, countTokens),
  })
  const reply = await model.ask(request, {
    signal: deadline,
    onAttempt(attempt) {
      budget.waited(attempt.backoffMs ?? 0)
      record({ type: 'model_attempt', turn, attempt })
    },
  })
  recordReply(conversation, reply)
  return reply
}

function recordReply(conversation: Conversation, reply: ModelReply): void {
  const { budget, prices, record, turn } = conversation
  const { usage, servedModel, latencyMs, reasoningCarried, message } = reply
  budget.used(usage, usage && prices && costUsdMax(usage, prices))
  record({
    type: 'model_reply',
    turn,
    latencyMs,
    ...defined({
      message: message && storeMessage(conversation, message),
      failure: reply.ok ? undefined : reply.failure,
      ...{ usage, servedModel, reasoningCarried },
    }),
  })
}

/** A failed request ends the trial, except a reply that was cut off: the model can continue. */
function endOf(conversation: Conversation, reply: ModelReply & { ok: false }): AgentEnd | undefined {
  const { history, record, turn } = conversation
  const { failure } = reply
  const { end } = failureTraits(failure.class)
  if (end === 'continues') {
    const text =
      'Your reply was cut off at the output limit, and nothing of it was executed. Answer again, in smaller steps.'
    record({ type: 'protocol_error', turn, class: 'truncated', message: failure.message })
    history.push({ role: 'assistant', text: reply.message?.text || '(cut off)', toolCalls: [] })
    history.push({ role: 'user', parts: [{ text, origin: 'harness' }] })
    return undefined
  }
  const limit = limitReached(conversation)
  if (limit !== undefined) return limited(record, limit)
  if (end === 'refused') return { kind: 'refused' }
  if (end === 'limited') return limited(record, 'context')
  return { kind: 'failed', cause: { area: 'model', class: failure.class, message: failure.message } }
}

async function act(conversation: Conversation, actions: readonly Action[], isNative: boolean): Promise<void> {
  const { budget, countTokens, deadline, history, limits, mode, record, spill, turn } = conversation
  for (const action of actions) {
    const { callId } = action
    if (action.kind === 'refused') record({ type: 'call_refused', turn, callId, tool: action.tool })
    if (action.kind === 'invalid')
      record({ type: 'protocol_error', turn, class: action.error, message: action.message })
  }
  const before = { calls: conversation.toolCallsSoFar(), waitMs: conversation.approvalWaitSoFarMs() }
  const results = await mode.perform(actions, turn, deadline)
  budget.toolCallsRan(conversation.toolCallsSoFar() - before.calls)
  budget.waited(conversation.approvalWaitSoFarMs() - before.waitMs)
  const { message, ...facts } = await observe(results, {
    turn,
    isNative,
    tokensMax: limits.observationTokensMax,
    countTokens,
    spill,
  })
  history.push(message)
  record({ type: 'observation', turn, ...facts })
}

function limitReached({ budget, deadline, signal }: Conversation): LimitName | undefined {
  return budget.reached() ?? (deadline.aborted && !signal.aborted ? 'wallTime' : undefined)
}

function limited(record: RecordEvent, limit: LimitName): AgentEnd {
  record({ type: 'limit_hit', limit })
  return { kind: 'limited', limit }
}

function finish(record: RecordEvent, message: AssistantMessage, turn: number): AgentEnd {
  if (message.text.trim() === '') {
    record({ type: 'protocol_error', turn, class: 'empty-reply', message: 'neither text nor an action' })
  }
  return { kind: 'finished' }
}

/** The log keeps what a model was shown; the values behind it stay out. */
function storeMessage({ content, stored }: Conversation, message: Message): string {
  const known = stored.get(message)
  if (known !== undefined) return known
  const hash = content('message', withoutOutcome(message) as unknown as JsonValue)
  stored.set(message, hash)
  return hash
}

function withoutOutcome(message: Message): Message {
  if (message.role === 'assistant') return message
  if (message.role === 'tool') {
    return { role: 'tool', results: message.results.map(({ outcome: _, ...shown }) => shown) }
  }
  const { outcome: _, ...shown } = message
  return shown
}
