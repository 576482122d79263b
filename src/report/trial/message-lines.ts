import { asList, asObject, asText } from '../../base/json-fields.ts'
import { plainText } from '../../base/plain-text.ts'
import type { JsonValue } from '../../contracts/json.ts'
import type { Paint } from './paint.ts'

const LINES_MAX = 60
const HEAD_LINES = 40

/** Text of any length as indented lines; the middle of a very long one is left out, and that is said. */
export function textLines(text: string, indent = '  '): string[] {
  const lines = plainText(text).split('\n')
  const shown =
    lines.length <= LINES_MAX
      ? lines
      : [...lines.slice(0, HEAD_LINES), `… ${lines.length - LINES_MAX} lines …`, ...lines.slice(HEAD_LINES - LINES_MAX)]
  return shown.map(line => (line === '' ? '' : indent + line))
}

/** A stored message. Logs can come from elsewhere, so nothing about its shape is taken for granted. */
export function messageLines(value: JsonValue | undefined, paint: Paint): string[] {
  const message = asObject(value)
  if (message.role === 'assistant') {
    const text = asText(message.text)
    const calls = asList(message.toolCalls).map(asObject)
    return [
      ...(text === '' ? [] : textLines(text)),
      ...calls.flatMap(({ name, argumentsText }) => [
        `  ${paint.code(`→ ${plainText(asText(name))}`)}`,
        ...textLines(argumentsOf(asText(argumentsText)), '      '),
      ]),
    ]
  }
  const parts = message.role === 'tool' ? asList(message.results).flatMap(resultParts) : asList(message.parts)
  return parts.map(asObject).flatMap(part => partLines(part, paint))
}

export function isReply(message: JsonValue | undefined): boolean {
  return asObject(message).role === 'assistant'
}

function resultParts(result: JsonValue): JsonValue[] {
  return asList(asObject(result).parts)
}

/** Only the task speaks for itself: observations and copies of the prompt are named as what they are. */
function partLines({ text, origin }: Record<string, JsonValue>, paint: Paint): string[] {
  const lines = textLines(asText(text))
  return typeof origin !== 'string' || origin === 'task'
    ? lines
    : [`  ${paint.faint(`[${plainText(origin)}]`)}`, ...lines]
}

/** A program or a patch in its own lines rather than inside JSON. */
function argumentsOf(text: string): string {
  try {
    const { code, patch } = asObject(JSON.parse(text) as JsonValue)
    return typeof code === 'string' ? code : typeof patch === 'string' ? patch : text
  } catch {
    return text
  }
}
