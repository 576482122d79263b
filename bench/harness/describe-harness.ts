import { aligned } from '../../src/base/text-table.ts'
import type { HarnessReport } from './measure-harness.ts'

/** The report as lines for a terminal. */
export function describeHarness(report: HarnessReport): string {
  const { machine, peakMemoryBytes, aims } = report
  return [
    `Node ${machine.node}, ${machine.os}, ${machine.cpus} CPUs, sandbox: ${machine.sandbox}`,
    ...[turnsTable(report), throughputTable(report), startTable(report)].flatMap(table => ['', table]),
    '',
    `peak memory of this process: ${megabytes(peakMemoryBytes)} MB`,
    'The floor performs the same calls with the same tools (and, for whole trials, the same verifier) in a plain loop.',
    '',
    ...aims.map(
      ({ name, measured, max, isMet }) => `${isMet ? '✓' : '✗'} ${name}: ${rounded(measured)} (aim: at most ${max})`,
    ),
  ].join('\n')
}

function turnsTable({ turns }: HarnessReport): string {
  return aligned([
    ['harness per turn', 'turns', 'p50 ms', 'p99 ms', 'floor p50', 'floor p99', 'ratio'],
    ...turns.map(({ name, turns: count, p50Ms, p99Ms, floorP50Ms, floorP99Ms, ratio }) => [
      ...[name, String(count)],
      ...[p50Ms, p99Ms, floorP50Ms, floorP99Ms, ratio].map(value => value.toFixed(2)),
    ]),
  ])
}

function throughputTable({ throughput }: HarnessReport): string {
  return aligned([
    ['trials in parallel', 'trials', 'per minute', 'floor per minute', 'ratio'],
    ...throughput.map(({ concurrency, trials, trialsPerMinute, floorTrialsPerMinute, ratio }) => [
      ...[concurrency, trials, trialsPerMinute, floorTrialsPerMinute].map(value => value.toFixed(0)),
      ratio.toFixed(2),
    ]),
  ])
}

function startTable({ start }: HarnessReport): string {
  return aligned([
    ['command line', 'runs', 'first result ms', 'bare Node ms', 'ratio', 'peak MB', 'bare Node MB'],
    ...start.map(({ name, runs, firstResultP50Ms, floorP50Ms, ratio, peakMemoryBytes, floorPeakMemoryBytes }) => [
      ...[name, String(runs), firstResultP50Ms.toFixed(0), floorP50Ms.toFixed(0), ratio.toFixed(2)],
      ...[peakMemoryBytes, floorPeakMemoryBytes].map(megabytes),
    ]),
  ])
}

function rounded(value: number): number {
  return value < 100 ? Math.round(value * 100) / 100 : Math.round(value)
}

function megabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(0)
}
