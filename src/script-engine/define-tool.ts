import { z } from 'zod'
import { errorText } from '../base/error-text.ts'
import type { JsonSchema, JsonValue } from '../contracts/json.ts'
import type { ScriptCallHooks } from '../contracts/script.ts'
import type { ToolDefinition, ToolEffect, ToolOutcome } from '../contracts/tool.ts'
import { withTimeout } from './host/with-timeout.ts'

export interface ToolOptions<Input extends z.ZodType, Output> {
  name: string
  description: string
  input: Input
  /** Shown to the model as the result's type; `unknown` without it. */
  output?: z.ZodType<Output>
  /** When a script ends without awaiting them, writes can finish and reads are cancelled. Default: `write`. */
  effect?: ToolEffect
  /**
   * Calls that take longer, not counting waits for approval, fail with `timed-out`, which a script can catch, and their
   * signal aborts. Absent means no limit.
   */
  timeoutMs?: number
  /** What it throws is the script's `ToolError`; `hooks.signal` aborts when the result is no longer wanted. */
  run(input: z.output<Input>, hooks: ScriptCallHooks): Output | Promise<Output>
}

/** A tool a script can call: its definition, and what performs a call. */
export interface ScriptTool {
  definition: ToolDefinition
  call(args: JsonValue, hooks: ScriptCallHooks): Promise<ToolOutcome>
}

const RESERVED = new Set([...Object.getOwnPropertyNames(Object.prototype), 'then', 'toJSON'])

function schemaOf(type: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(type, { io, unrepresentable: 'any' }) as JsonSchema
  return schema
}

/** Makes a tool from a zod schema and a function. Throws for a name that a script could not call. */
export function defineTool<Input extends z.ZodType, Output>(options: ToolOptions<Input, Output>): ScriptTool {
  const { name, description, input, output, effect = 'write', timeoutMs, run } = options
  if (!/^[A-Za-z_$][\w$]*$/.test(name) || RESERVED.has(name)) {
    throw new TypeError(`tool name ${JSON.stringify(name)}: expected an identifier that no object has by itself`)
  }
  const inputSchema = schemaOf(input, 'input')
  const resultSchema = output === undefined ? {} : schemaOf(output, 'output')
  return {
    definition: { name, description, inputSchema, resultSchema, effect },
    call: async (args, hooks) => {
      const parsed = input.safeParse(args)
      if (!parsed.success) {
        return { ok: false, error: { code: 'invalid-arguments', message: z.prettifyError(parsed.error) } }
      }
      const work = (workHooks: ScriptCallHooks) => perform(() => run(parsed.data, workHooks), workHooks.signal)
      return timeoutMs === undefined ? work(hooks) : withTimeout({ name, timeoutMs, hooks, work })
    },
  }
}

async function perform(run: () => unknown, signal: AbortSignal): Promise<ToolOutcome> {
  try {
    const result = (await run()) as JsonValue
    return { ok: true, result: result ?? null, text: '' }
  } catch (error) {
    const message = errorText(error)
    return { ok: false, error: { code: signal.aborted ? 'cancelled' : 'failed', message } }
  }
}
