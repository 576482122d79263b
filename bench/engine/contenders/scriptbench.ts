import { SCRIPT_LIMITS_DEFAULT, type ScriptRequest } from '../../../src/contracts/script.ts'
import { BENCH_TOOLS, nothingToCall } from '../bench-tools.ts'
import { CALLS_MAX, type Contender, PAYLOAD_BYTES_MAX, type Program } from '../contender.ts'

const CONTEXT = { workingDirectory: '/workspace', conversationId: 'bench', limits: {}, env: {} }

/** What can be switched on to see its price. */
export interface ScriptbenchOptions {
  name?: string
  record?: boolean
  /** Every call waits for an approval, which is given immediately. */
  approvals?: boolean
}

/** The engine of this package, with its own defaults but for the limits a program needs raised. */
export function scriptbench(options: ScriptbenchOptions = {}): Contender {
  return {
    name: options.name ?? 'scriptbench',
    isolation: 'QuickJS in WASM, own memory restored after each script, in a worker',
    open: async () => {
      const { createScriptEngine } = await import('../../../src/script-engine/create-script-engine.ts')
      const engine = createScriptEngine()
      return {
        run: async program => {
          const outcome = await engine.run(scriptRequest(program, options))
          if (!outcome.ok) throw new Error(`${outcome.failure.class}: ${outcome.failure.message}`)
          return outcome.value
        },
        close: () => engine.close(),
      }
    },
  }
}

/** The program as this engine is asked to run it. */
export function scriptRequest(program: Program, { record, approvals }: ScriptbenchOptions = {}): ScriptRequest {
  const { source, call = nothingToCall, timeoutMs, concurrentCallsMax = 1_000 } = program
  return {
    source,
    tools: BENCH_TOOLS,
    call: async ({ tool, args }, hooks) => {
      if (approvals) {
        hooks.onApprovalPending(true)
        await undefined
        hooks.onApprovalPending(false)
      }
      return { ok: true, result: await call(tool, args as never), text: '' }
    },
    context: CONTEXT,
    limits: {
      ...{ ...SCRIPT_LIMITS_DEFAULT, toolCallsMax: CALLS_MAX, concurrentCallsMax, outputBytesMax: PAYLOAD_BYTES_MAX },
      ...(timeoutMs !== undefined && { wallTimeMs: timeoutMs, cpuTimeMs: timeoutMs }),
    },
    seed: 'bench',
    nowMs: 0,
    callIdPrefix: 'c',
    ...(record && { record }),
  }
}
