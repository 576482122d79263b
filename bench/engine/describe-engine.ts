import { aimsSummary, machineLine, rowLines } from '../measuring/describe-rows.ts'
import type { EngineReport } from './engine-report.ts'
import { INSTALL_COMMAND } from './peers/import-peer.ts'

/** Fewer samples than this show a tendency, not a result. */
export const SAMPLES_ENOUGH = 30

/** The report as lines for a terminal. */
export function describeEngine({ machine, rows, repetitions, durationMs }: EngineReport): string {
  const absent = rows.flatMap(({ findings }) => findings.flatMap(({ kind, name }) => (kind === 'absent' ? [name] : [])))
  const names = [...new Set(absent)].join(', ')
  return [
    machineLine(machine),
    ...rows.flatMap(rowLines),
    '',
    aimsSummary(rows),
    `took ${Math.round(durationMs / 1_000)} s`,
    ...(repetitions < SAMPLES_ENOUGH
      ? [`a short run: the aims need ${SAMPLES_ENOUGH} repetitions, this run had ${repetitions}`]
      : []),
    ...(names === '' ? [] : [`not measured: ${names}; run \`${INSTALL_COMMAND}\` to install the peers`]),
  ].join('\n')
}
