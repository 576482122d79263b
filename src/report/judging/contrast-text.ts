import { UNKNOWN } from '../../base/number-text.ts'
import type { ContrastResult, NoiseFloor, NoVerdictReason, SlopeResult } from '../comparison/comparison.ts'

const WHY: Record<NoVerdictReason, string> = {
  'too-little-data': 'too little data',
  interim: 'interim: declared trials are missing',
  exploratory: 'exploratory',
  'small-stratum': 'fewer than 20 tasks',
}

/** Why there is no verdict, in a few words. */
export function whyText(why: NoVerdictReason): string {
  return WHY[why]
}

/** One or two words for a verdict. */
export function verdictText({ verdict }: Pick<ContrastResult, 'verdict'>): string {
  if (verdict.kind === 'verdict') return verdict.word
  if (verdict.kind === 'planted') return verdict.isRecovered ? 'effect recovered' : 'effect not recovered'
  return `no verdict (${whyText(verdict.why)})`
}

/** What two halves of the same arm differ by. */
export function noiseText(floor: NoiseFloor | undefined): string {
  if (floor?.halfWidth === undefined) return UNKNOWN
  if (floor.scale === 'ratio') return `×/÷ ${floor.halfWidth.toFixed(2)}`
  return `±${(floor.halfWidth * 100).toFixed(1)} pp`
}

/** From how many calls per look on the other arm needs less. */
export function breakEvenText(slope: SlopeResult | undefined): string {
  if (slope?.breakEven === undefined) return UNKNOWN
  const { breakEven, breakEvenInterval } = slope
  if (breakEven < 1) return 'below 1 call per look'
  const range = breakEvenInterval && ` [${callsText(breakEvenInterval.lower)}, ${callsText(breakEvenInterval.upper)}]`
  return `${callsText(breakEven)}${range ?? ''} calls per look`
}

function callsText(value: number): string {
  return value >= 99.5 ? value.toFixed(0) : value.toFixed(1)
}
