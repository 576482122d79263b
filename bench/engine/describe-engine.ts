import { aligned } from '../../src/base/text-table.ts'
import type { Machine } from '../machine.ts'
import type { AimResult, EngineReport, Finding, ReportRow } from './engine-report.ts'
import { INSTALL_COMMAND } from './peers/import-peer.ts'
import { figure } from './report-row.ts'

const MARKS: Readonly<Record<AimResult['state'], string>> = { met: '✓', missed: '✗', unknown: '?' }
/** Fewer samples than this show a tendency, not a result. */
export const SAMPLES_ENOUGH = 30

/** The report as lines for a terminal. */
export function describeEngine(report: EngineReport): string {
  const { machine, rows, repetitions, durationMs } = report
  const absent = new Set(rows.flatMap(({ findings }) => findings.filter(each => each.kind === 'absent').map(nameOf)))
  return [
    machineLine(machine),
    ...rows.flatMap(rowLines),
    '',
    summary(rows),
    `took ${Math.round(durationMs / 1_000)} s`,
    ...(repetitions < SAMPLES_ENOUGH
      ? [`the aims ask for ${SAMPLES_ENOUGH} repetitions, these are ${repetitions}`]
      : []),
    ...(absent.size > 0 ? [`not measured: ${[...absent].join(', ')}; \`${INSTALL_COMMAND}\` installs peers`] : []),
  ].join('\n')
}

export function machineLine({ node, os, cores, cpu, load }: Machine): string {
  return `Node ${node}, ${os}, ${cores} × ${cpu}; load when it ended: ${load.toFixed(1)}`
}

/** A row's table, aims and notes. */
export function rowLines(row: ReportRow): string[] {
  return ['', `${row.title} [${row.id}], ${row.unit}`, findingsTable(row), ...rowNotes(row)]
}

function nameOf({ name }: Finding): string {
  return name
}

function findingsTable({ findings }: ReportRow): string {
  const measured = findings.filter(({ kind }) => kind === 'measured')
  const lines = measured.map(finding => [`  ${finding.name}`, ...cellsOf(finding)])
  const others = findings.filter(({ kind }) => kind !== 'measured')
  return [
    aligned([['', 'p25', 'median', 'p75', 'samples', 'to ours'], ...lines]),
    ...others.map(finding => `  ${finding.name}  ${cellsOf(finding)[1]}`),
  ].join('\n')
}

/** p25, median, p75, samples and ratio; a reason in the first of them where there are none. */
export function cellsOf(finding: Finding): string[] {
  if (finding.kind !== 'measured') return ['', finding.kind === 'failed' ? `failed: ${finding.reason}` : finding.reason]
  const { p25, median, p75, samples, ratio } = finding
  return [figure(p25), figure(median), figure(p75), String(samples), ratio === undefined ? '' : `${figure(ratio)}×`]
}

function rowNotes({ aims, share }: ReportRow): string[] {
  return [
    ...aims.map(({ text, state, measured }) => `  ${MARKS[state]} ${text}: ${measured}`),
    ...(share === undefined ? [] : [`  ${shareText(share)}`]),
  ]
}

export function shareText({ timesPerTrial, per, ofWallTime }: NonNullable<ReportRow['share']>): string {
  return `${percentText(ofWallTime)} of a trial's wall time, at ${figure(timesPerTrial)} a trial (once per ${per})`
}

function percentText(share: number): string {
  return share < 0.00001 ? 'below 0.001 %' : `${figure(share * 100)} %`
}

export function summary(rows: readonly ReportRow[]): string {
  const states = rows.flatMap(({ aims }) => aims.map(({ state }) => state))
  const count = (state: AimResult['state']) => states.filter(each => each === state).length
  const unknown = count('unknown')
  return `${count('met')} aims met, ${count('missed')} missed${unknown > 0 ? `, ${unknown} not known` : ''}`
}
