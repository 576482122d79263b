import type { CompareMetric } from './compare-metrics.ts'

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

/** "scripts use fewer turns", "“turn-top” costs more". */
export function takesText(level: string, metric: CompareMetric, more: 'more' | 'less'): string {
  const ending = Object.hasOwn(WORDS, level) ? '' : 's'
  const subject = levelWords(level)
  if (metric.unit === 'USD') return `${subject} cost${ending} ${more}`
  if (metric.unit === 'ms') return `${subject} take${ending} ${more} time`
  return `${subject} use${ending} ${more === 'more' ? 'more' : 'fewer'} ${metric.noun}`
}
