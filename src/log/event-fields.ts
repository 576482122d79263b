import { isObject } from '../base/json-fields.ts'
import type { TrialEventBody } from '../contracts/events.ts'

type Check = 'number' | 'string' | 'array' | 'object'
type EventType = TrialEventBody['type']

/**
 * The fields every reader of the log relies on, for each event. A line that lacks one is damaged. Optional fields,
 * and fields nothing computes with, are left unchecked, so that a log with additions stays readable.
 */
const FIELDS: Record<EventType, Record<string, Check>> = {
  trial_start: { trial: 'object', startedAt: 'string', toolDefinitionTokens: 'number' },
  content: { hash: 'string', kind: 'string' },
  user_prompt: { step: 'string', index: 'number', message: 'string' },
  model_request: {
    turn: 'number',
    system: 'string',
    tools: 'string',
    messages: 'array',
    contextTokens: 'number',
    reinjectedCopies: 'number',
    reinjectedTokens: 'number',
    promptDistanceTokens: 'number',
  },
  model_attempt: { turn: 'number', attempt: 'object' },
  model_reply: { turn: 'number', latencyMs: 'number' },
  protocol_error: { turn: 'number', class: 'string', message: 'string' },
  lenient_repair: { turn: 'number', repair: 'string' },
  call_refused: { turn: 'number', callId: 'string', tool: 'string' },
  script_start: { turn: 'number', script: 'string', source: 'string' },
  script_log: { script: 'string', log: 'object' },
  script_end: { turn: 'number', script: 'string', calls: 'array', notices: 'array', timings: 'object' },
  script_recording: { script: 'string', recording: 'object' },
  tool_call: { call: 'object' },
  observation: { turn: 'number', tokens: 'number', bytes: 'number', tokensCut: 'number' },
  step_end: { step: 'string' },
  limit_hit: { limit: 'string' },
  agent_end: { end: 'object' },
  workspace_diff: { diff: 'object' },
  verifier_end: { step: 'string', tampered: 'array', durationMs: 'number', outputTail: 'string' },
  trial_end: { outcome: 'object', wallMs: 'number' },
}

const CHECKS: Record<Check, (value: unknown) => boolean> = {
  number: value => typeof value === 'number',
  string: value => typeof value === 'string',
  array: value => Array.isArray(value),
  object: isObject,
}

/** What is wrong with an event read from a file, in words, or nothing. */
export function missingFieldOf(event: Record<string, unknown>): string | undefined {
  const { type } = event
  if (typeof type !== 'string' || !Object.hasOwn(FIELDS, type)) return `unknown event type ${JSON.stringify(type)}`
  if (typeof event.atMs !== 'number') return 'atMs should be a number'
  for (const [field, check] of Object.entries(FIELDS[type as EventType]))
    if (!CHECKS[check](event[field])) return `${field} of ${type} should be ${withArticle(check)}`
  return undefined
}

function withArticle(noun: string): string {
  return /^[aeiou]/.test(noun) ? `an ${noun}` : `a ${noun}`
}
