/**
 * Characters that make text look like something else: control characters, colours of the terminal, and marks that
 * turn the direction of writing, or hide text in text that cannot be seen. Models, tasks and endpoints can put them into a name or a message.
 */
const DECEIVING =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e0fff}]/gu

/** The text with every deceiving character shown by its number; lines and tabs stay. */
export function plainText(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(DECEIVING, character => {
    const code = (character.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')
    return `⟨U+${code}⟩`
  })
}

/** The same on one line, cut to a length. */
export function plainLine(text: string, charactersMax = 300): string {
  const line = plainText(text).replace(/\s+/g, ' ').trim()
  const characters = Array.from(line)
  return characters.length <= charactersMax ? line : `${characters.slice(0, charactersMax - 1).join('')}…`
}
