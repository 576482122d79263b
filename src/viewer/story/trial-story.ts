import type { TrialEvent } from '../../contracts/events.ts'
import type { JsonValue } from '../../contracts/json.ts'
import type { ScriptLog } from '../../contracts/script.ts'
import type { ToolCallRecord } from '../../contracts/tool.ts'
import { resolveContent } from '../../log/content.ts'
import type { EventOf } from '../../metrics/events-of.ts'
import { eventsOf } from '../../metrics/events-of.ts'
import { type CallResult, scriptResults, structuredResult } from './call-results.ts'
import { type RequestStory, requestStory } from './request-story.ts'

/** One tool call; `number` counts through the whole trial, in the order in which the calls were made. */
export interface CallStory {
  number: number
  record: ToolCallRecord
  /** On the trial's own clock. */
  queuedMs: number
  startedMs: number
  endedMs: number
  result?: CallResult
}

export interface ScriptStory {
  number: number
  id: string
  source: string | undefined
  logs: ScriptLog[]
  calls: CallStory[]
  startedMs: number
  /** Absent: the log breaks off inside the script. */
  end?: EventOf<'script_end'>
  endedMs?: number
}

export interface TurnStory {
  turn: number
  atMs: number
  /** What the user said before this turn. */
  prompts: { step: string; message: JsonValue | undefined }[]
  request: RequestStory
  attempts: EventOf<'model_attempt'>['attempt'][]
  reply?: EventOf<'model_reply'> & { said: JsonValue | undefined }
  protocolErrors: EventOf<'protocol_error'>[]
  repairs: string[]
  refused: EventOf<'call_refused'>[]
  scripts: ScriptStory[]
  /** Those of no script. */
  calls: CallStory[]
  observation?: EventOf<'observation'>
}

/** A trial as in its log, turn by turn. */
export interface TrialStory {
  start?: EventOf<'trial_start'>
  turns: TurnStory[]
  calls: CallStory[]
  scripts: ScriptStory[]
  limit?: EventOf<'limit_hit'>
  agentEnd?: EventOf<'agent_end'>
  diff?: EventOf<'workspace_diff'>
  verdicts: EventOf<'verifier_end'>[]
  end?: EventOf<'trial_end'>
  lastMs: number
}

export function trialStory(events: readonly TrialEvent[]): TrialStory {
  const stored = resolveContent(events)
  const contentOf = (hash: string) => stored(hash)?.value
  const offsetMs = clockOffset(events)
  const turns = turnsOf(events, { contentOf, offsetMs })
  attachResults(events, turns, contentOf)
  const scripts = turns.flatMap(turn => turn.scripts)
  const calls = turns.flatMap(turn => [...turn.scripts.flatMap(script => script.calls), ...turn.calls])
  for (const [index, script] of scripts.entries()) script.number = index + 1
  calls.sort((left, right) => left.queuedMs - right.queuedMs)
  for (const [index, call] of calls.entries()) call.number = index + 1
  return {
    ...lastOf(events, 'trial_start', 'start'),
    turns,
    calls,
    scripts,
    ...lastOf(events, 'limit_hit', 'limit'),
    ...lastOf(events, 'agent_end', 'agentEnd'),
    ...lastOf(events, 'workspace_diff', 'diff'),
    verdicts: [...eventsOf(events, 'verifier_end')],
    ...lastOf(events, 'trial_end', 'end'),
    lastMs: Math.max(0, ...events.slice(-50).map(event => event.atMs)),
  }
}

function lastOf<Type extends TrialEvent['type'], Key extends string>(
  events: readonly TrialEvent[],
  type: Type,
  key: Key,
): { [key in Key]?: EventOf<Type> } {
  const last = eventsOf(events, type).at(-1)
  return (last === undefined ? {} : { [key]: last }) as { [key in Key]?: EventOf<Type> }
}

/** Calls are timed by another clock than events: the least distance of a call's end to its event joins the two. */
function clockOffset(events: readonly TrialEvent[]): number {
  const distances = eventsOf(events, 'tool_call').map(({ atMs, call }) => atMs - call.endedAtMs)
  return distances.reduce((least, distance) => Math.min(least, distance), Number.POSITIVE_INFINITY)
}

interface LogContext {
  contentOf(hash: string): JsonValue | undefined
  offsetMs: number
}

function turnsOf(events: readonly TrialEvent[], { contentOf, offsetMs }: LogContext): TurnStory[] {
  const turns: TurnStory[] = []
  let prompts: TurnStory['prompts'] = []
  let open: ScriptStory | undefined
  for (const event of events) {
    const turn = turns.at(-1)
    if (event.type === 'user_prompt') prompts.push({ step: event.step, message: contentOf(event.message) })
    else if (event.type === 'model_request') {
      const request = requestStory(event, turn?.request, contentOf)
      turns.push({ ...EMPTY_TURN(), turn: event.turn, atMs: event.atMs, prompts, request })
      prompts = []
      open = undefined
    } else if (turn === undefined) continue
    else if (event.type === 'script_start') {
      const source = contentOf(event.source)
      open = {
        number: 0,
        id: event.script,
        source: typeof source === 'string' ? source : undefined,
        logs: [],
        calls: [],
        startedMs: event.atMs,
      }
      turn.scripts.push(open)
    } else if (event.type === 'script_log') open?.logs.push(event.log)
    else if (event.type === 'script_end' && open !== undefined) {
      open.end = event
      open.endedMs = event.atMs
      open = undefined
    } else if (event.type === 'tool_call') (open ?? turn).calls.push(callStory(event.call, offsetMs))
    else addToTurn(turn, event, contentOf)
  }
  return turns
}

const EMPTY_TURN = () => ({
  attempts: [],
  protocolErrors: [],
  repairs: [],
  refused: [],
  scripts: [],
  calls: [],
})

function addToTurn(turn: TurnStory, event: TrialEvent, contentOf: LogContext['contentOf']): void {
  if (event.type === 'model_attempt') turn.attempts.push(event.attempt)
  else if (event.type === 'model_reply')
    turn.reply = { ...event, said: event.message === undefined ? undefined : contentOf(event.message) }
  else if (event.type === 'protocol_error') turn.protocolErrors.push(event)
  else if (event.type === 'lenient_repair') turn.repairs.push(event.repair)
  else if (event.type === 'call_refused') turn.refused.push(event)
  else if (event.type === 'observation') turn.observation = event
}

function callStory(record: ToolCallRecord, offsetMs: number): CallStory {
  return {
    number: 0,
    record,
    queuedMs: record.queuedAtMs + offsetMs,
    startedMs: record.startedAtMs + offsetMs,
    endedMs: record.endedAtMs + offsetMs,
  }
}

/** What each call gave back, as far as the log has it: in the next request's messages, or in a script's recording. */
function attachResults(
  events: readonly TrialEvent[],
  turns: readonly TurnStory[],
  contentOf: LogContext['contentOf'],
): void {
  const recorded = scriptResults(events, contentOf)
  for (const [index, turn] of turns.entries()) {
    const shown = turns[index + 1]?.request.fresh ?? []
    for (const call of turn.calls) setResult(call, structuredResult(call.record, shown))
    for (const script of turn.scripts)
      for (const call of script.calls) setResult(call, recorded.get(call.record.callId))
  }
}

function setResult(call: CallStory, result: CallResult | undefined): void {
  if (result !== undefined) call.result = result
}
