import { canonicalJson } from '../../base/digest.ts'
import type { JsonValue } from '../../contracts/json.ts'
import type { Message, ModelProvider, ModelReply, ModelRequest, Usage } from '../../contracts/model.ts'
import type { ScriptContext, ScriptEngine, ScriptLimits } from '../../contracts/script.ts'
import type { TokenCounter } from '../../contracts/tokens.ts'
import type { ToolCall, ToolDefinition, ToolOutcome } from '../../contracts/tool.ts'

/** What the built-in players need of a task and of the harness; injected by the composition root. */
export interface OracleOptions {
  engine: ScriptEngine
  /** The solution's scripts of each step, one per look. */
  steps: readonly (readonly string[])[]
  tools: readonly ToolDefinition[]
  context: ScriptContext
  limits: ScriptLimits
  countTokens: TokenCounter
}

/** One reply in the player's terms: a script, native calls, or a final text. */
export type Move =
  | { kind: 'script'; source: string }
  /** `areCutOff`: the arguments end in the middle. */
  | { kind: 'calls'; calls: { tool: string; args: JsonValue }[]; areCutOff?: boolean }
  | { kind: 'answer'; text: string }

/**
 * Plays the task's own solution. Stateless: every request is answered from its history alone, by running the
 * scripts against the results already there and emitting what comes next.
 */
export function createOracle(options: OracleOptions): ModelProvider {
  return {
    spec: 'oracle',
    playerKind: 'oracle',
    async ask(request, { signal }) {
      const move = await nextMove({ ...options, request, signal, look: source => source })
      return replyWith(move, request, options.countTokens)
    },
  }
}

export interface MoveOptions extends OracleOptions {
  request: ModelRequest
  signal: AbortSignal
  /** Lets a simulated player change the script of a look before it is played. */
  look(source: string, place: { step: number; look: number }): string
}

/** What the solution does next in the mode that the request shows. */
export async function nextMove(options: MoveOptions): Promise<Move> {
  const { messages, tools } = options.request
  const prompts = messages.flatMap((message, index) => (isPrompt(message) ? [index] : []))
  const step = prompts.length - 1
  const scripts = options.steps[step] ?? []
  const history = messages.slice((prompts.at(-1) ?? -1) + 1)
  const looks = scripts.map((source, look) => options.look(source, { step, look }))
  const isScriptMode = tools.length === 0 || tools.some(tool => tool.name === 'run_script')
  if (!isScriptMode) return nextCalls(options, looks, history)
  const source = looks[looksDone(history)]
  return source === undefined ? DONE : { kind: 'script', source }
}

const DONE: Move = { kind: 'answer', text: 'Done.' }

/** A look that failed is played again, and skipped when it fails twice, so that a broken solution ends. */
function looksDone(history: readonly Message[]): number {
  let done = 0
  let failures = 0
  for (const message of history) {
    for (const outcome of outcomesOf(message)) {
      failures = outcome?.ok ? 0 : failures + 1
      if (failures !== 1) {
        done++
        failures = 0
      }
    }
  }
  return done
}

function outcomesOf(message: Message): (ToolOutcome | undefined)[] {
  if (message.role === 'tool') return message.results.map(result => result.outcome)
  const isObservation = message.role === 'user' && message.parts.some(part => part.origin === 'observation')
  return isObservation ? [message.outcome] : []
}

async function nextCalls(options: MoveOptions, looks: readonly string[], history: readonly Message[]): Promise<Move> {
  const known = knownOutcomes(history)
  for (const source of looks) {
    const pending = await pendingCalls(options, source, known)
    if (pending.length === 0) continue
    const calls = options.request.parallelToolCalls ? pending : pending.slice(0, 1)
    return { kind: 'calls', calls: calls.map(({ tool, args }) => ({ tool, args })) }
  }
  return DONE
}

/** Runs one script against known results; empty when it ran to its end. */
async function pendingCalls(options: MoveOptions, source: string, known: KnownOutcomes): Promise<ToolCall[]> {
  const pending = new Map<string, ToolCall>()
  const stop = new AbortController()
  const { engine, tools, context, limits, signal } = options
  const outcome = await engine.run({
    source,
    tools,
    call(call, hooks) {
      const result = known.take(call)
      if (result !== undefined) return Promise.resolve(result)
      pending.set(call.callId, call)
      return untilAborted(hooks.signal)
    },
    context,
    limits: { ...limits, concurrentCallsMax: limits.toolCallsMax },
    seed: 'oracle',
    nowMs: 0,
    callIdPrefix: '',
    signal: AbortSignal.any([signal, stop.signal]),
    onWaiting(callIds) {
      if (callIds.length > 0 && callIds.every(callId => pending.has(callId))) stop.abort()
    },
  })
  return outcome.ok || stop.signal.aborted ? [...pending.values()] : []
}

function untilAborted(signal: AbortSignal): Promise<ToolOutcome> {
  const cancelled: ToolOutcome = { ok: false, error: { code: 'cancelled', message: 'cancelled' } }
  return new Promise(resolve => {
    if (signal.aborted) resolve(cancelled)
    signal.addEventListener('abort', () => resolve(cancelled), { once: true })
  })
}

interface KnownOutcomes {
  take(call: ToolCall): ToolOutcome | undefined
}

/** Results by tool and arguments, in the order in which they came. */
function knownOutcomes(history: readonly Message[]): KnownOutcomes {
  const queues = new Map<string, ToolOutcome[]>()
  const calls = new Map<string, string>()
  for (const message of history) {
    if (message.role === 'assistant') {
      for (const call of message.toolCalls) calls.set(call.callId, keyOf(call.name, call.argumentsText))
    }
    if (message.role !== 'tool') continue
    for (const { callId, outcome } of message.results) {
      const key = calls.get(callId)
      if (key === undefined || outcome === undefined) continue
      const queue = queues.get(key)
      if (queue === undefined) queues.set(key, [outcome])
      else queue.push(outcome)
    }
  }
  return { take: call => queues.get(keyOf(call.tool, JSON.stringify(call.args)))?.shift() }
}

function keyOf(tool: string, argumentsText: string): string {
  try {
    return `${tool} ${canonicalJson(JSON.parse(argumentsText))}`
  } catch {
    return `${tool} ${argumentsText}`
  }
}

function isPrompt(message: Message): boolean {
  return message.role === 'user' && message.parts.some(part => part.origin === 'task')
}

/** Puts a move into the carrier that the request offers, with an estimated usage: no one bills these players. */
export function replyWith(move: Move, request: ModelRequest, countTokens: TokenCounter): ModelReply {
  const turn = request.messages.filter(message => message.role === 'assistant').length + 1
  const message = {
    role: 'assistant' as const,
    text: move.kind === 'answer' ? move.text : '',
    toolCalls: [] as { callId: string; name: string; argumentsText: string }[],
  }
  if (move.kind === 'calls') {
    message.toolCalls = move.calls.map(({ tool, args }, index) => ({
      callId: `call_${turn}_${index + 1}`,
      name: tool,
      argumentsText: move.areCutOff ? cutOff(args) : JSON.stringify(args),
    }))
  } else if (move.kind === 'script' && request.tools.length > 0) {
    const argumentsText = JSON.stringify({ code: move.source })
    message.toolCalls = [{ callId: `call_${turn}_1`, name: 'run_script', argumentsText }]
  } else if (move.kind === 'script') {
    message.text = `<tool-calls>\n${move.source}\n</tool-calls>`
  }
  const output = message.text + message.toolCalls.map(call => call.name + call.argumentsText).join('')
  return { ok: true, message, latencyMs: 0, usage: estimateUsage(request, output, countTokens) }
}

/** Ends after the first key: no repair can guess a value, so the call has no effect. */
function cutOff(args: JsonValue): string {
  const text = JSON.stringify(args)
  return text.slice(0, Math.max(1, text.indexOf(':') + 1))
}

/** A built-in player has no cache and does not reason, so those buckets are really 0. */
function estimateUsage(request: ModelRequest, output: string, countTokens: TokenCounter): Usage {
  const texts = request.messages.flatMap(message => {
    if (message.role === 'assistant') return [message.text, ...message.toolCalls.map(call => call.argumentsText)]
    const parts = message.role === 'user' ? message.parts : message.results.flatMap(result => result.parts)
    return parts.map(part => part.text)
  })
  const input = [request.system, JSON.stringify(request.tools), ...texts]
  return {
    inputFreshTokens: input.reduce((sum, text) => sum + countTokens(text), 0),
    cacheReadTokens: 0,
    cacheWriteTokens: 0,
    outputTokens: countTokens(output),
    reasoningTokens: 0,
    estimated: true,
    raw: null,
  }
}
