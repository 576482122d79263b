import { aligned } from '../src/base/text-table.ts'
import type { HarnessReport } from './harness-bench.ts'

/** The report as lines for a terminal. */
export function describeHarness({ machine, turns, throughput, start, peakMemoryBytes, aims }: HarnessReport): string {
  return [
    `Node ${machine.node}, ${machine.os}, ${machine.cpus} CPUs, sandbox: ${machine.sandbox}`,
    '',
    aligned([
      ['harness a turn', 'turns', 'p50 ms', 'p99 ms', 'floor p50', 'floor p99', 'ratio'],
      ...turns.map(row => [
        row.name,
        row.turns,
        ...fixed([row.p50Ms, row.p99Ms, row.floorP50Ms, row.floorP99Ms, row.ratio]),
      ]),
    ]),
    '',
    aligned([
      ['trials at once', 'trials', 'per minute', 'floor per minute', 'ratio'],
      ...throughput.map(row => [
        row.concurrency,
        row.trials,
        Math.round(row.trialsPerMinute),
        Math.round(row.floorTrialsPerMinute),
        row.ratio.toFixed(2),
      ]),
    ]),
    '',
    aligned([
      ['command line', 'runs', 'first result ms', 'bare Node ms', 'ratio', 'peak MB', 'bare Node MB'],
      ...start.map(row => [
        row.name,
        row.runs,
        Math.round(row.firstResultP50Ms),
        Math.round(row.floorP50Ms),
        row.ratio.toFixed(2),
        megabytes(row.peakMemoryBytes),
        megabytes(row.floorPeakMemoryBytes),
      ]),
    ]),
    '',
    `peak memory of this process: ${megabytes(peakMemoryBytes)} MB`,
    'The floor performs the same calls with the same tools (and, for whole trials, the same check) in a plain loop.',
    '',
    ...aims.map(
      ({ name, measured, max, isMet }) => `${isMet ? '✓' : '✗'} ${name}: ${round(measured)} (aim: at most ${max})`,
    ),
  ].join('\n')
}

function fixed(values: readonly number[]): string[] {
  return values.map(value => value.toFixed(2))
}

function round(value: number): number {
  return value < 100 ? Math.round(value * 100) / 100 : Math.round(value)
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1024 / 1024)
}
