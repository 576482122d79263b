import { aligned } from '../../src/base/text-table.ts'
import type { Machine } from '../machine.ts'
import type { ReportBench, ReportRow } from './measure-report.ts'

const MEGABYTE = 1024 * 1024
const HEAD = ['trials', 'tasks', 'logs, MB', 'report, s', 'ms a trial', 'peak memory, MB']

export function describeReport({ rows, aims, machine }: ReportBench): string {
  return [
    '`scriptbench report`, all formats, on synthetic runs',
    aligned([HEAD, ...rows.map(cellsOf)]),
    ...aims.map(aim => `${aim.isMet ? '✓' : '✗'} ${aimText(aim)}`),
    machineText(machine),
  ].join('\n')
}

/** The same as Markdown. */
export function reportMarkdown({ rows, aims, machine }: ReportBench): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [
    [line(HEAD), line(HEAD.map(() => '---:')), ...rows.map(row => line(cellsOf(row)))].join('\n'),
    aims.map(aim => `- ${aim.isMet ? 'Met' : '**Missed**'}: ${aimText(aim)}`).join('\n'),
    machineText(machine),
  ].join('\n\n')
}

function cellsOf({ trials, tasks, logBytes, reportMs, msPerTrial, peakBytes }: ReportRow): string[] {
  const megabytes = (bytes: number) => (bytes / MEGABYTE).toFixed(0)
  const time = [(reportMs / 1000).toFixed(1), msPerTrial.toFixed(2)]
  return [String(trials), String(tasks), megabytes(logBytes), ...time, megabytes(peakBytes)]
}

function aimText({ name, measured, max }: ReportBench['aims'][number]): string {
  const digits = max < 10 ? 2 : 0
  return `${name}: ${measured.toFixed(digits)} (aim: at most ${max})`
}

function machineText({ node, os, cpu, cores, memoryGb, load }: Machine): string {
  return `Node ${node}, ${os}, ${cpu}, ${cores} cores, ${memoryGb} GB, load ${load.toFixed(1)}`
}
