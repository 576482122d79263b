const SHORT_CHARACTERS = 1024
const ROUNDS_MAX = 40

/** JSON bytes of a value. */
export function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value) ?? '')
}

/**
 * Shortens the longest texts of a result in their middle until it fits, so that it keeps its shape; absent when even
 * that does not help. Returns the same value when it fits already.
 */
export function capResult<Value>(value: Value, bytesMax: number): Value | undefined {
  let current = value
  for (let round = 0; round < ROUNDS_MAX; round++) {
    if (jsonBytes(current) <= bytesMax) return current
    const longest = longestText(current)
    if (longest <= SHORT_CHARACTERS) return undefined
    const keep = Math.max(SHORT_CHARACTERS, Math.floor(longest / 2))
    current = mapTexts(current, text => (text.length > keep ? cutMiddle(text, keep) : text)) as Value
  }
  return undefined
}

function longestText(value: unknown): number {
  if (typeof value === 'string') return value.length
  if (value === null || typeof value !== 'object') return 0
  return Object.values(value).reduce<number>((longest, inner) => Math.max(longest, longestText(inner)), 0)
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value)
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map(inner => mapTexts(inner, change))
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mapTexts(inner, change)]))
}

/** Leaves whole characters and at most `characters` of the text, with a marker between its two ends. */
function cutMiddle(text: string, characters: number): string {
  const half = Math.floor((characters - 64) / 2)
  const head = text
    .slice(0, half)
    .toWellFormed()
    .replace(/\uFFFD$/, '')
  const tail = text
    .slice(-half)
    .toWellFormed()
    .replace(/^\uFFFD/, '')
  return `${head}\n[... ${text.length - head.length - tail.length} characters omitted ...]\n${tail}`
}
