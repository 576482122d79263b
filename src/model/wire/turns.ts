import type { AssistantMessage, Message, TextPart, ToolResultPart } from '../../contracts/model.ts'
import { joinParts } from './join-parts.ts'

export type UserEntry = { kind: 'result'; result: ToolResultPart } | { kind: 'text'; parts: readonly TextPart[] }

/** The history as wires expect it: user and assistant alternate, each call has exactly one result in the next turn. */
export type Turn = { role: 'assistant'; message: AssistantMessage } | { role: 'user'; entries: UserEntry[] }

function unexecuted(callId: string, name: string): UserEntry {
  const parts: TextPart[] = [{ text: 'Not executed.', origin: 'harness' }]
  return { kind: 'result', result: { callId, name, parts, isError: true } }
}

/** Entries of one user turn. Results without a call become text, calls without a result get one: wires refuse both. */
function pairUp(entries: UserEntry[], assistant: AssistantMessage | undefined): UserEntry[] {
  const open = new Map((assistant?.toolCalls ?? []).map(call => [call.callId, call.name]))
  const paired = entries.map((entry): UserEntry => {
    if (entry.kind === 'text' || open.delete(entry.result.callId)) return entry
    return { kind: 'text', parts: entry.result.parts }
  })
  const missing = [...open].map(([callId, name]) => unexecuted(callId, name))
  const resultsEnd = paired.findLastIndex(entry => entry.kind === 'result') + 1
  return paired.toSpliced(resultsEnd, 0, ...missing)
}

/** Groups messages into turns. The order of entries inside a user turn is the order of the messages. */
export function toTurns(messages: readonly Message[]): Turn[] {
  const turns: Turn[] = []
  let assistant: AssistantMessage | undefined
  let entries: UserEntry[] = []
  const close = () => {
    const paired = pairUp(entries, assistant).filter(
      entry => entry.kind === 'result' || joinParts(entry.parts).trim() !== '',
    )
    if (paired.length > 0) turns.push({ role: 'user', entries: paired })
    entries = []
  }
  for (const message of messages) {
    if (message.role === 'user') entries.push({ kind: 'text', parts: message.parts })
    else if (message.role === 'tool')
      entries.push(...message.results.map(result => ({ kind: 'result' as const, result })))
    else {
      close()
      turns.push({ role: 'assistant', message })
      assistant = message
    }
  }
  close()
  return turns
}
