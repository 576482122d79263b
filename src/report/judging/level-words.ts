import { MODE_TRAITS, type Mode } from '../../contracts/arm.ts'
import type { CompareMetric } from './compare-metrics.ts'

/** A level as one says it in a sentence. */
export function levelWords(level: string): string {
  return isMode(level) ? MODE_TRAITS[level].words : `“${level}”`
}

function isMode(level: string): level is Mode {
  return Object.hasOwn(MODE_TRAITS, level)
}

/** "scripts use fewer turns", "“turn-top” costs more". */
export function takesText(level: string, metric: CompareMetric, more: 'more' | 'less'): string {
  const ending = isMode(level) ? '' : 's'
  const subject = levelWords(level)
  if (metric.unit === 'USD') return `${subject} cost${ending} ${more}`
  if (metric.unit === 'ms') return `${subject} take${ending} ${more} time`
  return `${subject} use${ending} ${more === 'more' ? 'more' : 'fewer'} ${metric.noun}`
}
