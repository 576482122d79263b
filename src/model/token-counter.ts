import type { TokenCounter } from '../contracts/tokens.ts'

/** Texts are counted in pieces of this many characters: the tokenizer's time grows faster than a text without spaces. */
const PIECE_CHARACTERS = 4_096
const CACHED_TEXTS_MAX = 2_000
const CACHED_CHARACTERS_MIN = 64

/** The o200k tokenizer, loaded on first use. Counting never throws, whatever the text. */
export async function createTokenCounter(): Promise<TokenCounter> {
  const { countTokens } = await import('gpt-tokenizer/encoding/o200k_base')
  // Text that looks like a control token is text here, never control.
  const count = (text: string) => countTokens(text, { disallowedSpecial: new Set<string>() })
  return remembering(text => {
    let sum = 0
    for (const piece of piecesOf(text)) sum += count(piece)
    return sum
  })
}

/** Cut after a line's end or a space where there is one, so that the cuts cost almost no accuracy. */
function* piecesOf(text: string): Generator<string> {
  for (let start = 0; start < text.length; ) {
    let end = Math.min(text.length, start + PIECE_CHARACTERS)
    if (end < text.length) {
      const cut = Math.max(text.lastIndexOf('\n', end - 1), text.lastIndexOf(' ', end - 1))
      if (cut > start + PIECE_CHARACTERS / 2) end = cut
    }
    yield text.slice(start, end)
    start = end
  }
}

/** The loop counts the same messages every turn. The oldest texts are dropped first. */
function remembering(count: TokenCounter): TokenCounter {
  const known = new Map<string, number>()
  return text => {
    if (text.length < CACHED_CHARACTERS_MIN) return count(text)
    const found = known.get(text)
    if (found !== undefined) return found
    const tokens = count(text)
    if (known.size >= CACHED_TEXTS_MAX) known.delete(known.keys().next().value as string)
    known.set(text, tokens)
    return tokens
  }
}
