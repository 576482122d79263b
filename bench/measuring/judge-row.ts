import type { Sampled } from './interleave.ts'
import { percentile } from './percentile.ts'
import type { Aim, Measured, Row } from './row.ts'
import type { AimResult, Finding, RowResult, Unit } from './row-result.ts'
import { type TrialProfile, trialWallMs } from './trial-profile.ts'

export const OURS = 'scriptbench'
const UNIT_MS: Readonly<Record<Unit, number | undefined>> = { ms: 1, µs: 0.001, KB: undefined, MB: undefined }

export interface JudgeRowParts {
  row: Omit<Row, 'contenders' | 'turnMsMax' | 'measure'>
  measured: Measured
  /** Contenders that the row is about and that are not there, with the reason. */
  absent: ReadonlyMap<string, string>
  profile: TrialProfile
}

/** Summarizes a row's samples: medians, ratios, aims, share of a trial. */
export function judgeRow({ row, measured, absent, profile }: JudgeRowParts): RowResult {
  const { id, title, unit, method } = row
  const ours = measured.get(OURS)
  const oursMedian = ours?.kind === 'measured' ? percentile(ours.samples, 0.5) : undefined
  const findings = [...measured].map(([name, sampled]) => findingOf(name, sampled, oursMedian))
  const missing = [...absent].map(([name, reason]) => ({ kind: 'absent' as const, name, reason }))
  const all = [...findings, ...missing]
  const share = shareOf(row, oursMedian, profile)
  const aims = (row.aims ?? []).map(aim => aimResult(aim, all, unit))
  return { id, title, unit, method, findings: all, aims, ...(share && { share }) }
}

function findingOf(name: string, sampled: Sampled, ours?: number): Finding {
  if (sampled.kind === 'failed') return { kind: 'failed', name, reason: sampled.reason }
  const { samples } = sampled
  const median = percentile(samples, 0.5)
  if (median === undefined) return { kind: 'failed', name, reason: 'no samples' }
  const [p25, p75] = [percentile(samples, 0.25) as number, percentile(samples, 0.75) as number]
  const ratio = ours !== undefined && ours > 0 && median > 0 && name !== OURS ? { ratio: median / ours } : {}
  return { kind: 'measured', name, samples: samples.length, p25, median, p75, ...ratio }
}

function shareOf(
  { perTrial, unit }: JudgeRowParts['row'],
  median: number | undefined,
  profile: TrialProfile,
): RowResult['share'] {
  const unitMs = UNIT_MS[unit]
  if (perTrial === undefined || median === undefined || unitMs === undefined) return undefined
  const timesPerTrial = perTrial.times(profile)
  const ofWallTime = Math.max(0, (median * unitMs * timesPerTrial) / trialWallMs(profile))
  return { timesPerTrial, per: perTrial.text, ofWallTime }
}

function aimResult(aim: Aim, findings: readonly Finding[], unit: Unit): AimResult {
  const text = aimText(aim, unit)
  const ours = findings.find(({ name }) => name === OURS)
  if (ours?.kind === 'failed') return { text, state: 'missed', measured: 'failed' }
  const value = ours && aimValue(aim, ours, findings)
  if (value === undefined) return { text, state: 'unknown', measured: '–' }
  if (aim.kind === 'at-most') return { text, state: stateOf(value <= aim.max), measured: `${figure(value)} ${unit}` }
  const isMet = aim.kind === 'faster' ? value >= aim.timesMin : value <= aim.timesMax
  return { text, state: stateOf(isMet), measured: `${figure(value)}×` }
}

function stateOf(isMet: boolean): AimResult['state'] {
  return isMet ? 'met' : 'missed'
}

function aimText(aim: Aim, unit: Unit): string {
  if (aim.kind === 'at-most') return `at most ${aim.max} ${unit}`
  if (aim.kind === 'ratio-at-most') return `≤ ${aim.timesMax}× ${aim.to}`
  if (aim.timesMin < 1) return `level with ${aim.than} (≥ ${aim.timesMin}×)`
  return `≥ ${aim.timesMin}× faster than ${aim.than}`
}

/** The figure the aim is about; `undefined` when a contender it is about was not measured. */
function aimValue(aim: Aim, ours: Finding, findings: readonly Finding[]): number | undefined {
  if (ours.kind !== 'measured') return undefined
  if (aim.kind === 'at-most') return ours.median
  const otherName = aim.kind === 'faster' ? aim.than : aim.to
  const other = findings.find(({ name }) => name === otherName)
  if (other?.kind !== 'measured') return undefined
  return aim.kind === 'faster' ? other.median / ours.median : ours.median / other.median
}

/** Three significant digits, never in exponents. */
export function figure(value: number): string {
  const magnitude = Math.abs(value)
  if (magnitude >= 100) return value.toFixed(0)
  if (magnitude >= 10) return value.toFixed(1)
  return magnitude >= 0.1 || magnitude === 0 ? value.toFixed(2) : value.toFixed(3)
}
