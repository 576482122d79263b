import { defined } from '../base/defined.ts'
import { utf8Bytes } from '../base/utf8-bytes.ts'
import type { ModeTraits } from '../contracts/arm.ts'
import type { ContentKind, RecordEvent } from '../contracts/events.ts'
import type { JsonValue } from '../contracts/json.ts'
import type { AssistantMessage, WireTool } from '../contracts/model.ts'
import type { Leniency, ScriptContext, ScriptEngine, ScriptLimits, ScriptOutcome } from '../contracts/script.ts'
import type { Toolbox } from '../contracts/tool.ts'
import type { Action, ActionResult, ModeStrategy, ReplyActions } from './mode-strategy.ts'
import { RUN_SCRIPT } from './protocol-text.ts'
import { readArguments } from './read-arguments.ts'
import { renderScriptOutcome } from './render-script-outcome.ts'
import { runChecked, type TypeCheckStep } from './run-checked.ts'
import { storeRecording } from './store-recording.ts'
import { failureText } from './structured-mode.ts'

export interface ScriptModeOptions {
  carrier: ModeTraits['carrier']
  toolbox: Toolbox
  engine: ScriptEngine
  protocol: string
  leniency: Leniency
  /** Absent for the level `off`. */
  typeCheck?: TypeCheckStep
  context: ScriptContext
  limits: ScriptLimits
  /** Seeds `Math.random` in scripts. */
  seed: string
  record: RecordEvent
  /** Stores a content once and returns its hash. */
  content(kind: ContentKind, value: JsonValue): string
}

/** Scripts over the same tools, carried by one native tool or by the reply's text. */
export function scriptMode(options: ScriptModeOptions): ModeStrategy {
  const { carrier, engine, leniency, protocol } = options
  return {
    describe: () => ({
      protocol,
      tools: carrier === 'native' ? [RUN_SCRIPT as unknown as WireTool] : [],
      parallelToolCalls: false,
    }),
    read(message) {
      if (carrier === 'text') return readText(message.text, engine, leniency)
      const native = readNative(message, leniency)
      if (native.actions.length > 0 || leniency === 'strict') return native
      const inText = readText(message.text, engine, leniency)
      return { ...inText, repairs: inText.actions.length > 0 ? [...inText.repairs, 'script-in-text'] : [] }
    },
    async perform(actions, turn, signal) {
      const results: ActionResult[] = []
      for (const [index, action] of actions.entries()) {
        results.push(await performOne({ ...options, action, script: `t${turn}.s${index + 1}`, turn, signal }))
      }
      return results
    },
  }
}

function readText(text: string, engine: ScriptEngine, leniency: Leniency): ReplyActions {
  const extraction = engine.extract(text, leniency)
  switch (extraction.kind) {
    case 'none':
      return { actions: [], isNative: false, repairs: [] }
    case 'malformed': {
      const { message } = extraction
      const action: Action = { kind: 'invalid', callId: 'text-1', tool: 'script', error: 'malformed-script', message }
      return { actions: [action], isNative: false, repairs: [] }
    }
    case 'scripts':
      return {
        actions: extraction.sources.map((source, index) => ({ kind: 'script', callId: `text-${index + 1}`, source })),
        isNative: false,
        repairs: extraction.repairs,
      }
  }
}

function readNative(message: AssistantMessage, leniency: Leniency): ReplyActions {
  const reply: ReplyActions = { actions: [], isNative: true, repairs: [] }
  for (const { callId, name, argumentsText } of message.toolCalls) {
    const invalid = { kind: 'invalid', callId, tool: name } as const
    if (name !== RUN_SCRIPT.name) {
      const text = `there is no tool ${name}; call ${RUN_SCRIPT.name} with a program that uses tools.${name}`
      reply.actions.push({ ...invalid, error: 'unknown-tool', message: text })
      continue
    }
    const read = readArguments(argumentsText, leniency)
    const source = read.ok ? codeOf(read.args) : undefined
    if (source !== undefined) {
      reply.actions.push({ kind: 'script', callId, source })
      if (read.ok && read.isRepaired) reply.repairs.push('json-repaired')
    } else {
      const text = read.ok ? 'expected {"code": "<the program>"}' : read.message
      reply.actions.push({ ...invalid, error: 'malformed-arguments', message: text })
    }
  }
  return reply
}

function codeOf(args: unknown): string | undefined {
  if (args === null || typeof args !== 'object' || !('code' in args)) return undefined
  return typeof args.code === 'string' ? args.code : undefined
}

interface PerformOptions extends ScriptModeOptions {
  action: Action
  script: string
  turn: number
  signal: AbortSignal
}

async function performOne(options: PerformOptions): Promise<ActionResult> {
  const { action, record, script, turn } = options
  if (action.kind === 'invalid') {
    const code =
      action.error === 'malformed-script'
        ? 'extract'
        : action.error === 'unknown-tool'
          ? 'unknown-tool'
          : 'invalid-arguments'
    return { action, text: failureText(code, action.message), isError: true }
  }
  if (action.kind !== 'script')
    return { action, text: failureText('unknown-tool', 'only scripts run in this mode'), isError: true }
  record({ type: 'script_start', turn, script, source: options.content('script', action.source) })
  const { outcome, problems, facts } = await runChecked(options.typeCheck, action.source, () =>
    runScript(options, action.source),
  )
  const { calls, notices, logsDropped, timings, memoryPeakBytes, cacheHit } = outcome
  const hasValue = outcome.ok && outcome.value !== undefined
  record({
    type: 'script_end',
    turn,
    script,
    calls,
    notices,
    logsDropped,
    timings,
    cacheHit,
    ...defined({
      memoryPeakBytes,
      failure: outcome.ok ? undefined : outcome.failure,
      valueBytes: hasValue ? utf8Bytes(JSON.stringify(outcome.value)) : undefined,
      typeCheck: facts,
    }),
  })
  record({ type: 'script_recording', script, recording: storeRecording(outcome, options.content) })
  const text = renderScriptOutcome(outcome, problems)
  return {
    action,
    text,
    isError: !outcome.ok,
    outcome: outcome.ok
      ? { ok: true, result: outcome.value ?? null, text }
      : { ok: false, error: { code: 'failed', message: outcome.failure.message } },
  }
}

function runScript(options: PerformOptions, source: string): Promise<ScriptOutcome> {
  const { engine, toolbox, context, limits, seed, record, script, signal } = options
  return engine.run({
    source,
    tools: toolbox.definitions,
    call: (call, hooks) => toolbox.call(call, hooks),
    context,
    limits,
    seed: `${seed}/${script}`,
    nowMs: SCRIPT_EPOCH_MS,
    callIdPrefix: `${script}.`,
    record: true,
    signal,
    onLog: log => record({ type: 'script_log', script, log }),
  })
}

/** What `Date.now()` starts from in every script, so that a trial can be replayed: 2026-01-01T00:00:00Z. */
const SCRIPT_EPOCH_MS = 1_767_225_600_000
