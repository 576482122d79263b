import { aligned } from '../../src/base/text-table.ts'
import { figure } from './judge-row.ts'
import type { Machine } from './machine.ts'
import type { AimResult, Finding, RowResult } from './row-result.ts'

export const FINDINGS_HEAD = ['', 'p25', 'median', 'p75', 'samples', 'to ours']
const MARKS: Readonly<Record<AimResult['state'], string>> = { met: '✓', missed: '✗', unknown: '?' }

export function machineLine({ node, os, cores, cpu, load }: Machine): string {
  return `Node ${node}, ${os}, ${cores} × ${cpu}; load average at the end: ${load.toFixed(1)}`
}

/** A row's table, aims and notes, for a terminal. */
export function rowLines(row: RowResult): string[] {
  return ['', `${row.title} [${row.id}], ${row.unit}`, findingsTable(row), ...rowNotes(row)]
}

function findingsTable({ findings }: RowResult): string {
  const measured = findings.filter(({ kind }) => kind === 'measured')
  const lines = measured.map(finding => [`  ${finding.name}`, ...cellsOf(finding)])
  const others = findings.filter(({ kind }) => kind !== 'measured')
  return [
    aligned([FINDINGS_HEAD, ...lines]),
    ...others.map(finding => `  ${finding.name}  ${cellsOf(finding)[1]}`),
  ].join('\n')
}

/** p25, median, p75, samples and ratio; where there are none, the reason in place of the median. */
export function cellsOf(finding: Finding): string[] {
  if (finding.kind !== 'measured') return ['', finding.kind === 'failed' ? `failed: ${finding.reason}` : finding.reason]
  const { p25, median, p75, samples, ratio } = finding
  return [figure(p25), figure(median), figure(p75), String(samples), ratio === undefined ? '' : `${figure(ratio)}×`]
}

function rowNotes({ aims, share }: RowResult): string[] {
  return [
    ...aims.map(({ text, state, measured }) => `  ${MARKS[state]} ${text}: ${measured}`),
    ...(share === undefined ? [] : [`  ${shareText(share)}`]),
  ]
}

export function shareText({ timesPerTrial, per, ofWallTime }: NonNullable<RowResult['share']>): string {
  return `${percentText(ofWallTime)} of a trial's wall time, at ${figure(timesPerTrial)} per trial (once per ${per})`
}

function percentText(share: number): string {
  return share < 0.00001 ? 'below 0.001 %' : `${figure(share * 100)} %`
}

/** `13 aims met, 10 missed`. */
export function aimsSummary(rows: readonly RowResult[]): string {
  const states = rows.flatMap(({ aims }) => aims.map(({ state }) => state))
  const count = (state: AimResult['state']) => states.filter(each => each === state).length
  const unknown = count('unknown')
  return `${count('met')} aims met, ${count('missed')} missed${unknown > 0 ? `, ${unknown} unknown` : ''}`
}
