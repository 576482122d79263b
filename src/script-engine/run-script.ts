import { randomUUID } from 'node:crypto'
import {
  SCRIPT_LIMITS_DEFAULT,
  type ScriptContext,
  type ScriptEngine,
  type ScriptLimits,
  type ScriptOutcome,
  type ScriptRequest,
} from '../contracts/script.ts'
import type { ScriptTool } from './define-tool.ts'

export interface RunScriptOptions extends Pick<ScriptRequest, 'signal' | 'onLog' | 'record'> {
  tools?: readonly ScriptTool[]
  /** What the script reads as `context.*`. */
  context?: Partial<ScriptContext>
  limits?: Partial<ScriptLimits>
  /** Seeds `Math.random`; without it every run differs. */
  seed?: string
}

const NO_CONTEXT: ScriptContext = { workingDirectory: '/', conversationId: '', limits: {}, env: {} }

/** Runs one TypeScript program with these tools. Never rejects: a failure is a value. */
export function runScript(
  engine: ScriptEngine,
  source: string,
  options: RunScriptOptions = {},
): Promise<ScriptOutcome> {
  const { tools = [], context, limits, seed = randomUUID(), record = false, signal, onLog } = options
  const byName = new Map(tools.map(tool => [tool.definition.name, tool]))
  return engine.run({
    source,
    tools: tools.map(tool => tool.definition),
    call: ({ tool, args }, hooks) => (byName.get(tool) as ScriptTool).call(args, hooks),
    context: { ...NO_CONTEXT, ...context },
    limits: { ...SCRIPT_LIMITS_DEFAULT, ...limits },
    seed,
    nowMs: Date.now(),
    callIdPrefix: 'call-',
    record,
    ...(signal && { signal }),
    ...(onLog && { onLog }),
  })
}

/** The TypeScript declarations of these tools, to show a model what a script can call. */
export function declareScriptTools(engine: ScriptEngine, tools: readonly ScriptTool[]): string {
  return engine.declare(tools.map(tool => tool.definition))
}
