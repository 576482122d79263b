import { type ReinjectionLevel, reinject } from '../../src/agent/reinjection.ts'
import type { Message, ModelRequest } from '../../src/contracts/model.ts'

/** How observations travel: as results of native calls, or as user text (`script-text`, calls found in text). */
export const CARRIAGES = ['native', 'text'] as const
export type Carriage = (typeof CARRIAGES)[number]

/** A conversation of two prompts, with one turn of two parallel calls. Each text names itself. */
const MESSAGES: Record<Carriage, readonly Message[]> = {
  native: [
    prompt('first prompt'),
    call('1'),
    results('1'),
    call('2'),
    results('2'),
    said('answer 1'),
    prompt('second prompt'),
    call('3'),
    results('3'),
    call('4a', '4b'),
    results('4a', '4b'),
  ],
  text: [
    prompt('first prompt'),
    said('program 1'),
    observed('1'),
    said('program 2'),
    observed('2'),
    said('answer 1'),
    prompt('second prompt'),
    said('program 3'),
    observed('3'),
    said('program 4'),
    observed('4'),
  ],
}

/** The requests of all turns of the sample, under one level of reinjection. */
export function requestsOf(carriage: Carriage, level: ReinjectionLevel): ModelRequest[] {
  const messages = MESSAGES[carriage]
  const turnEnds = messages.flatMap((message, index) => (message.role === 'assistant' ? [index] : []))
  return [...turnEnds, messages.length].map(end => ({
    system: 'system',
    messages: reinject(messages.slice(0, end), level),
    tools: [],
    parallelToolCalls: true,
    cacheKey: 'sample',
  }))
}

function prompt(text: string): Message {
  return { role: 'user', parts: [{ text, origin: 'task' }] }
}

function said(text: string): Message {
  return { role: 'assistant', text, toolCalls: [] }
}

function call(...ids: string[]): Message {
  return { role: 'assistant', text: '', toolCalls: ids.map(id => ({ callId: id, name: 'exec', argumentsText: '{}' })) }
}

function results(...ids: string[]): Message {
  return {
    role: 'tool',
    results: ids.map(id => ({
      callId: id,
      name: 'exec',
      parts: [{ text: `observation ${id}`, origin: 'observation' }],
      isError: false,
    })),
  }
}

function observed(id: string): Message {
  return { role: 'user', parts: [{ text: `observation ${id}`, origin: 'observation' }] }
}
