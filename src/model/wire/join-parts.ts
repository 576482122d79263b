import type { TextPart } from '../../contracts/model.ts'

/** Parts as one text, the same bytes on every wire: a part that does not end its line is ended before the next. */
export function joinParts(parts: readonly TextPart[]): string {
  let text = ''
  for (const part of parts) {
    if (part.text === '') continue
    if (text !== '' && !text.endsWith('\n')) text += '\n'
    text += part.text
  }
  return text
}
