const WORDS: Record<string, string> = {
  'script-tool': 'scripts',
  'script-text': 'scripts in text',
  'structured-parallel': 'parallel tool calls',
  'structured-serial': 'serial tool calls',
}

/** A level as one says it in a sentence. */
export function levelWords(level: string): string {
  return Object.hasOwn(WORDS, level) ? (WORDS[level] as string) : `“${level}”`
}
