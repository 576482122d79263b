import { amountText, durationText, UNKNOWN } from '../../base/number-text.ts'
import { plainLine } from '../../base/plain-text.ts'
import type { TrialEvent } from '../../contracts/events.ts'
import type { JsonValue } from '../../contracts/json.ts'
import type { Usage } from '../../contracts/model.ts'
import type { ToolCallRecord } from '../../contracts/tool.ts'
import type { Outcome } from '../../contracts/trial.ts'
import { isReply, messageLines, textLines } from './message-lines.ts'
import type { Paint } from './paint.ts'

export interface EventContext {
  paint: Paint
  /** The value behind a hash. */
  contentOf(hash: string): JsonValue | undefined
}

/** What one event looks like in a terminal. Events that say nothing new to a reader have no line. */
export function eventLines(event: TrialEvent, context: EventContext): string[] {
  const { paint } = context
  switch (event.type) {
    case 'user_prompt':
      return ['', paint.title(`user: ${plainLine(event.step)}`)]
    case 'model_request':
      return requestLines(event, context)
    case 'model_attempt':
      return attemptLines(event, paint)
    case 'model_reply':
      return replyLines(event, context)
    case 'protocol_error':
      return [paint.bad(`  protocol error (${event.class}): ${plainLine(event.message)}`)]
    case 'lenient_repair':
      return [paint.faint(`  repaired: ${plainLine(event.repair)}`)]
    case 'call_refused':
      return [paint.faint(`  not executed: ${plainLine(event.tool)} (one call per turn)`)]
    case 'script_start':
      return [paint.title('  script'), ...sourceLines(context.contentOf(event.source), paint)]
    case 'script_log':
      return textLines(`${event.log.level}: ${event.log.text}`, '    ').map(paint.faint)
    case 'script_end':
      return scriptEndLines(event, paint)
    case 'tool_call':
      return callLines(event.call, paint)
    case 'limit_hit':
      return ['', paint.bad(`limit reached: ${event.limit}`)]
    case 'workspace_diff':
      return diffLines(event, paint)
    case 'verifier_end':
      return verifierLines(event, paint)
    case 'trial_end':
      return ['', paint.title(`outcome: ${outcomeText(event.outcome)}`)]
    case 'trial_start':
    case 'content':
    case 'script_recording':
    case 'observation':
    case 'step_end':
    case 'agent_end':
      return []
  }
}

type EventOf<Type extends TrialEvent['type']> = Extract<TrialEvent, { type: Type }>

/** Replies are shown where they come, so a request shows what follows the last one: prompts and observations. */
function requestLines(event: EventOf<'model_request'>, { paint, contentOf }: EventContext): string[] {
  const facts = [`≈${amountText(event.contextTokens)} tokens`]
  if (event.reinjectedCopies > 0) facts.push(`${event.reinjectedCopies} prompt copies`)
  const messages = event.messages.map(contentOf)
  const shown = messages.slice(messages.findLastIndex(isReply) + 1).flatMap(message => messageLines(message, paint))
  return [...shown, '', paint.title(`turn ${event.turn}`) + paint.faint(` (request ${facts.join(', ')})`)]
}

function attemptLines({ attempt }: EventOf<'model_attempt'>, paint: Paint): string[] {
  const { failure, backoffMs } = attempt
  if (failure === undefined) return []
  const wait = backoffMs === undefined ? '' : `; waited ${durationText(backoffMs)}`
  return [paint.bad(`  try ${attempt.attempt} failed (${failure.class}): ${plainLine(failure.message)}${wait}`)]
}

function replyLines(event: EventOf<'model_reply'>, { paint, contentOf }: EventContext): string[] {
  const { failure, latencyMs, message, usage } = event
  const head = paint.faint(`  model, ${durationText(latencyMs)}${usageText(usage)}`)
  const said = message === undefined ? [] : messageLines(contentOf(message), paint)
  return [head, ...said, ...(failure ? [paint.bad(`  ${failure.class}: ${plainLine(failure.message)}`)] : [])]
}

function usageText(usage: Usage | undefined): string {
  if (usage === undefined) return ', usage unknown'
  const { inputFreshTokens, cacheReadTokens, cacheWriteTokens, outputTokens, estimated } = usage
  const mark = estimated ? '≈' : ''
  const cache = [cacheReadTokens, cacheWriteTokens].map(amountText)
  return `, ${mark}${amountText(inputFreshTokens)} fresh, ${cache[0]} read, ${cache[1]} written, ${mark}${amountText(outputTokens)} out`
}

function sourceLines(source: JsonValue | undefined, paint: Paint): string[] {
  return typeof source === 'string' ? textLines(source, '    ').map(paint.code) : []
}

function typeLines(facts: EventOf<'script_end'>['typeCheck']): string[] {
  if (facts === undefined) return []
  if ('unavailable' in facts) return [`    types unchecked: ${plainLine(facts.unavailable)}`]
  return facts.problems.map(
    ({ line, column, message }) => `    type problem at ${line}:${column}: ${plainLine(message)}`,
  )
}

function scriptEndLines(event: EventOf<'script_end'>, paint: Paint): string[] {
  const { failure, notices, timings, typeCheck, valueBytes } = event
  const notes = [...typeLines(typeCheck), ...notices.flatMap(notice => textLines(notice, '    '))].map(paint.faint)
  const took = `${durationText(timings.wallMs)}, guest ${durationText(timings.guestCpuMs)}`
  if (failure === undefined) {
    const returned = valueBytes === undefined ? 'nothing returned' : `${amountText(valueBytes)} bytes returned`
    return [...notes, paint.good(`  script ended: ${returned}, ${took}`)]
  }
  const { line, column, message, frame } = failure
  const at = line === undefined ? '' : ` at ${line}${column === undefined ? '' : `:${column}`}`
  const head = paint.bad(`  script failed (${failure.class})${at}: ${plainLine(message)}, ${took}`)
  return [...notes, head, ...(frame === undefined ? [] : textLines(frame, '    '))]
}

function callLines(call: ToolCallRecord, paint: Paint): string[] {
  const took = durationText(call.endedAtMs - call.startedAtMs)
  const asked = call.approval === undefined ? '' : `, approval ${call.approval}`
  const what = `${plainLine(call.tool)} ${plainLine(JSON.stringify(call.args ?? null), 160)}`
  if (call.status === 'ok') return [`  ${paint.good('✓')} ${what} ${paint.faint(`${took}${asked}`)}`]
  const reason = call.error === undefined ? UNKNOWN : `${call.error.code}: ${plainLine(call.error.message)}`
  return [`  ${paint.bad('✗')} ${what} ${paint.faint(`${took}${asked}`)}`, paint.bad(`    ${reason}`)]
}

function diffLines({ diff, unexpected = [] }: EventOf<'workspace_diff'>, paint: Paint): string[] {
  const mark = (sign: string, paths: readonly string[] = []) =>
    paths.map(path => {
      const line = `  ${sign} ${plainLine(path)}`
      return unexpected.includes(path) ? paint.bad(`${line} (unexpected)`) : line
    })
  const lines = [...mark('+', diff.added), ...mark('~', diff.modified), ...mark('-', diff.deleted)]
  return lines.length === 0 ? ['', 'workspace unchanged'] : ['', paint.title('workspace'), ...lines]
}

function verifierLines(
  { clauses, durationMs, outputTail, step, tampered }: EventOf<'verifier_end'>,
  paint: Paint,
): string[] {
  const rows = Object.entries(clauses ?? {}).map(([name, value]) => {
    const line = `${value >= 1 ? '✓' : '✗'} ${plainLine(name)} = ${value}`
    return `  ${value >= 1 ? paint.good(line) : paint.bad(line)}`
  })
  const changed = tampered.map(path => paint.bad(`  protected file restored: ${plainLine(path)}`))
  const verdict = clauses === undefined ? [paint.bad('  no reward was written')] : rows
  const output = outputTail.trim() === '' ? [] : textLines(outputTail.trimEnd(), '    ').map(paint.faint)
  return [
    '',
    paint.title(`verifier: ${plainLine(step)}`) + paint.faint(` (${durationText(durationMs)})`),
    ...changed,
    ...verdict,
    ...output,
  ]
}

function outcomeText(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'limited':
      return `limited (${outcome.limit})`
    case 'failed':
      return `failed (${outcome.cause.area}): ${plainLine(outcome.cause.message)}`
    case 'unsolved':
      return outcome.cause === undefined ? 'unsolved' : `unsolved (${outcome.cause})`
    default:
      return outcome.kind
  }
}
