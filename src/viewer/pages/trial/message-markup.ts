import { asList, asObject, asText } from '../../../base/json-fields.ts'
import type { JsonValue } from '../../../contracts/json.ts'
import { html, type Markup } from '../../../report/formats/html/markup.ts'
import { shortLine, type TextRules, textBlock } from '../../markup/text-block.ts'

const ORIGIN_WORDS: Record<string, string> = {
  task: 'the user’s prompt',
  observation: 'observation',
  reinjection: 'reinjected prompt',
  placebo: 'placebo',
  harness: 'the harness',
}

/** A stored message with the origin of each of its parts. */
export function messageMarkup(value: JsonValue | undefined, rules: TextRules): Markup {
  if (value === undefined) return html`<p class="missing">This message is not in the log.</p>`
  const message = asObject(value)
  if (message.role === 'assistant') return replyMarkup(message, rules)
  if (message.role !== 'tool') return html`${asList(message.parts).map(part => partMarkup(asObject(part), rules))}`
  const results = asList(message.results)
    .map(asObject)
    .map(result => {
      const error = result.isError === true ? html` <span class="bad">error</span>` : undefined
      const name = shortLine(asText(result.name), 60)
      return html`<div class="result"><p class="of">${name}${error}</p>${asList(result.parts).map(part => partMarkup(asObject(part), rules))}</div>`
    })
  return html`${results}`
}

function partMarkup({ text, origin }: Record<string, JsonValue>, rules: TextRules): Markup {
  const name = asText(origin)
  const isKnown = Object.hasOwn(ORIGIN_WORDS, name)
  const words = isKnown ? ORIGIN_WORDS[name] : shortLine(name, 40)
  const className = isKnown ? name : 'other'
  return html`<div class="part origin-${className}"><p class="of">${words}</p>${textBlock(asText(text), rules)}</div>`
}

/** What a model said: text, and its calls as it wrote them. */
function replyMarkup(message: Record<string, JsonValue>, rules: TextRules): Markup {
  const text = asText(message.text)
  const calls = asList(message.toolCalls)
    .map(asObject)
    .map(({ name, argumentsText }) => {
      return html`<div class="part"><p class="of">calls ${shortLine(asText(name), 60)}</p>${textBlock(asText(argumentsText), rules)}</div>`
    })
  const said = text === '' ? undefined : textBlock(text, rules, 'said')
  return html`${said}${calls}`
}

/** Whether a message contains a copy of the prompt that the harness moved or repeated, or a placebo for one. */
export function hasCopy(value: JsonValue | undefined): boolean {
  const message = asObject(value)
  const parts =
    message.role === 'tool'
      ? asList(message.results).flatMap(result => asList(asObject(result).parts))
      : asList(message.parts)
  return parts.map(asObject).some(part => part.origin === 'reinjection' || part.origin === 'placebo')
}

/** Whether a message is what the model itself said. */
export function isReply(value: JsonValue | undefined): boolean {
  return asObject(value).role === 'assistant'
}

/** Whether a message is a prompt of the user, rather than what the harness shows after actions. */
export function isPrompt(value: JsonValue | undefined): boolean {
  const message = asObject(value)
  const parts = asList(message.parts).map(asObject)
  return message.role === 'user' && parts.length > 0 && parts.every(part => part.origin === 'task')
}
