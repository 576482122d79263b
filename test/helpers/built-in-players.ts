import type { Message, ModelProvider, ModelRequest } from '../../src/contracts/model.ts'
import { SCRIPT_LIMITS_DEFAULT, type ScriptEngine } from '../../src/contracts/script.ts'
import type { ToolDefinition, ToolOutcome } from '../../src/contracts/tool.ts'
import type { OracleOptions } from '../../src/model/players/oracle.ts'

const tool = (name: string): ToolDefinition => ({
  name,
  description: '',
  inputSchema: { type: 'object' },
  resultSchema: {},
  effect: 'read',
})

export function oracleOptions(engine: ScriptEngine, steps: readonly (readonly string[])[]): OracleOptions {
  return {
    engine,
    steps,
    tools: [tool('readFile'), tool('applyPatch')],
    context: { workingDirectory: '/workspace', conversationId: 'c', limits: {}, env: {} },
    limits: SCRIPT_LIMITS_DEFAULT,
    countTokens: text => text.length,
  }
}

const WIRE_TOOLS = {
  'structured-serial': ['readFile', 'applyPatch'],
  'structured-parallel': ['readFile', 'applyPatch'],
  'script-tool': ['run_script'],
  'script-text': [],
} as const

export type PlayedMode = keyof typeof WIRE_TOOLS

export function requestOf(mode: PlayedMode, messages: readonly Message[]): ModelRequest {
  return {
    system: 's',
    messages,
    tools: WIRE_TOOLS[mode].map(name => ({ name, description: '', inputSchema: {} })),
    parallelToolCalls: mode === 'structured-parallel',
    cacheKey: 'k',
  }
}

export const prompt = (text = 'do it'): Message => ({ role: 'user', parts: [{ text, origin: 'task' }] })

/** A structured conversation to its end: each turn's calls as `tool(args)`, answered by `answer`. */
export async function playStructured(
  player: ModelProvider,
  mode: 'structured-serial' | 'structured-parallel',
  answer: (name: string, args: unknown) => ToolOutcome,
): Promise<{ turns: string[][]; text: string }> {
  const history: Message[] = [prompt()]
  const turns: string[][] = []
  for (let turn = 0; turn < 50; turn++) {
    const reply = await player.ask(requestOf(mode, history), { signal: new AbortController().signal })
    if (!reply.ok) throw new Error(reply.failure.message)
    const { message } = reply
    if (message.toolCalls.length === 0) return { turns, text: message.text }
    turns.push(message.toolCalls.map(call => `${call.name}(${call.argumentsText})`))
    const results = message.toolCalls.map(({ argumentsText, callId, name }) => {
      const outcome = answer(name, parse(argumentsText))
      return { callId, name, parts: [], isError: !outcome.ok, outcome }
    })
    history.push(message, { role: 'tool', results })
  }
  throw new Error('the player does not come to an end')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
