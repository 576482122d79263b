import type { AssistantMessage, ModelToolCall } from '../contracts/model.ts'
import type { Leniency } from '../contracts/script.ts'
import type { Toolbox } from '../contracts/tool.ts'
import { callsInText } from './calls-in-text.ts'
import type { Action, ActionResult, ModeStrategy, ReplyActions } from './mode-strategy.ts'
import { readArguments } from './read-arguments.ts'

export interface StructuredModeOptions {
  toolbox: Toolbox
  protocol: string
  leniency: Leniency
  isSerial: boolean
}

const REFUSED = 'not executed: one call a turn'

/** Native tool calling: one call per turn, or as many as the provider sends. */
export function structuredMode({ toolbox, protocol, leniency, isSerial }: StructuredModeOptions): ModeStrategy {
  const names = new Set(toolbox.definitions.map(definition => definition.name))
  return {
    describe: () => ({
      protocol,
      tools: toolbox.definitions.map(({ name, description, inputSchema }) => ({ name, description, inputSchema })),
      parallelToolCalls: !isSerial,
    }),
    read(message) {
      const reply = readNative(message, leniency)
      if (reply.actions.length === 0 && leniency === 'lenient') Object.assign(reply, readText(message.text, names))
      return isSerial ? refuseAllButFirst(reply) : reply
    },
    perform: (actions, turn, signal) =>
      Promise.all(
        actions.map((action, index) => performOne({ action, toolbox, callId: `t${turn}.${index + 1}`, signal })),
      ),
  }
}

function readNative(message: AssistantMessage, leniency: Leniency): ReplyActions {
  const reply: ReplyActions = { actions: [], isNative: true, repairs: [] }
  for (const call of message.toolCalls) {
    const { action, isRepaired } = readCall(call, leniency)
    reply.actions.push(action)
    if (isRepaired) reply.repairs.push('json-repaired')
  }
  return reply
}

function readCall(call: ModelToolCall, leniency: Leniency): { action: Action; isRepaired: boolean } {
  const read = readArguments(call.argumentsText, leniency)
  if (read.ok) {
    return {
      action: { kind: 'call', callId: call.callId, tool: call.name, args: read.args },
      isRepaired: read.isRepaired,
    }
  }
  const { callId, name: tool } = call
  return {
    action: { kind: 'invalid', callId, tool, error: 'malformed-arguments', message: read.message },
    isRepaired: false,
  }
}

function readText(text: string, names: ReadonlySet<string>): ReplyActions {
  const calls = callsInText(text, names)
  return {
    actions: calls.map((call, index) => ({ kind: 'call', callId: `text-${index + 1}`, ...call })),
    isNative: calls.length === 0,
    repairs: calls.map(() => 'call-in-text'),
  }
}

function refuseAllButFirst(reply: ReplyActions): ReplyActions {
  const actions = reply.actions.map<Action>((action, index) =>
    index === 0 || action.kind === 'script' ? action : { kind: 'refused', callId: action.callId, tool: action.tool },
  )
  return { ...reply, actions }
}

interface PerformOptions {
  action: Action
  toolbox: Toolbox
  callId: string
  signal: AbortSignal
}

async function performOne({ action, toolbox, callId, signal }: PerformOptions): Promise<ActionResult> {
  switch (action.kind) {
    case 'refused':
      return { action, text: REFUSED, isError: true }
    case 'invalid':
      return { action, text: failureText('invalid-arguments', action.message), isError: true }
    case 'script':
      return { action, text: failureText('unknown-tool', 'there are no scripts in this mode'), isError: true }
    case 'call': {
      const outcome = await toolbox.call({ callId, tool: action.tool, args: action.args }, { signal })
      if (outcome.ok) return { action, text: outcome.text, isError: false, outcome }
      return { action, text: failureText(outcome.error.code, outcome.error.message), isError: true, outcome }
    }
  }
}

/** How a failed call reads in every mode. */
export function failureText(code: string, message: string): string {
  return `error (${code}): ${message}`
}
