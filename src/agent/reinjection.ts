import type { Arm } from '../contracts/arm.ts'
import type { Message, TextPart, UserMessage } from '../contracts/model.ts'

const TAG = 'original-user-prompt'
/** As long as the real tag, so that only the words differ. */
const PLACEBO_TAG = 'harness-neutral-note'
const PLACEBO =
  'This note carries no instruction and no information about the work. It stands here so that the message has the same length as in other runs. '

export interface ReinjectionLevel {
  reinjection: Arm['reinjection']
  carrier: Arm['reinjectionCarrier']
}

/** The history as the loop keeps it → the messages that are sent. Pure; the original prompt always stays in place. */
export function reinject(history: readonly Message[], { reinjection, carrier }: ReinjectionLevel): Message[] {
  switch (reinjection) {
    case 'off':
      return [...history]
    case 'turn-top':
      return atNewest(history, prompt => copyOf(prompt, true), carrier)
    case 'turn-top-kept':
      return atEach(history, prompt => copyOf(prompt, false), carrier)
    case 'placebo':
      return atEach(history, placeboFor, carrier)
    case 'tail':
      return isObservation(history.at(-1))
        ? [...history, userMessage(copyOf(newestPrompt(history), true))]
        : [...history]
    case 'history-top':
      return history.length === 0 ? [] : [userMessage(copyOf(newestPrompt(history), false)), ...history]
  }
}

type MakeCopy = (prompt: string) => TextPart

function atNewest(history: readonly Message[], makeCopy: MakeCopy, carrier: ReinjectionLevel['carrier']): Message[] {
  const newest = history.at(-1)
  if (newest === undefined || !isObservation(newest)) return [...history]
  return [...history.slice(0, -1), ...onTop(newest, makeCopy(newestPrompt(history)), carrier)]
}

function atEach(history: readonly Message[], makeCopy: MakeCopy, carrier: ReinjectionLevel['carrier']): Message[] {
  let prompt = ''
  return history.flatMap(message => {
    const own = promptOf(message)
    if (own !== undefined) prompt = own
    return isObservation(message) ? onTop(message, makeCopy(prompt), carrier) : [message]
  })
}

/** Some wires do not allow user text before tool results, so there that carrier comes right after them. */
function onTop(message: Message, copy: TextPart, carrier: ReinjectionLevel['carrier']): Message[] {
  if (message.role === 'user') return [{ ...message, parts: [copy, ...message.parts] }]
  if (message.role !== 'tool') return [message]
  if (carrier === 'user-text') return [message, userMessage(copy)]
  const [first, ...others] = message.results
  if (first === undefined) return [message]
  return [{ ...message, results: [{ ...first, parts: [copy, ...first.parts] }, ...others] }]
}

function userMessage(part: TextPart): UserMessage {
  return { role: 'user', parts: [part] }
}

function copyOf(prompt: string, moves: boolean): TextPart {
  return { text: `<${TAG}>\n${prompt}\n</${TAG}>\n`, origin: 'reinjection', ...(moves && { moves }) }
}

function placeboFor(prompt: string): TextPart {
  const text = PLACEBO.repeat(Math.ceil(prompt.length / PLACEBO.length)).slice(0, prompt.length)
  return { text: `<${PLACEBO_TAG}>\n${text}\n</${PLACEBO_TAG}>\n`, origin: 'placebo' }
}

/** The user's own words of a message, if it is a prompt. */
export function promptOf(message: Message): string | undefined {
  if (message.role !== 'user') return undefined
  const task = message.parts.filter(part => part.origin === 'task')
  return task.length === 0 ? undefined : task.map(part => part.text).join('')
}

function newestPrompt(history: readonly Message[]): string {
  for (let index = history.length - 1; index >= 0; index--) {
    const prompt = promptOf(history[index] as Message)
    if (prompt !== undefined) return prompt
  }
  return ''
}

function isObservation(message: Message | undefined): boolean {
  if (message === undefined || message.role === 'assistant') return false
  return message.role === 'tool' || promptOf(message) === undefined
}
