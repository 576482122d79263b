import { expect, test } from 'vitest'
import type { CheckedCase } from '../../../src/port-check/check/check-unit.ts'
import { describeMutation } from './describe-mutation.ts'
import type { MutantEnd } from './judge-mutant.ts'
import type { JudgedMutant, MutationRun } from './mutate-ports.ts'
import { mutationReport } from './mutation-report.ts'

const noticed: CheckedCase = {
  ...{ id: 'ld-001', tool: 'listDir', category: 'depth', version: '0.55.0', file: 'list-dir.jsonl', line: 2 },
  verdict: { kind: 'text-only', differences: [] },
}

function mutant(end: MutantEnd): JudgedMutant {
  const change = { before: 'a < 3', after: 'a <= 3', replacement: '<=', start: 2, end: 3 }
  const place = {
    file: 'tools/list-dir/list-dir.ts',
    line: 7,
    within: 'list',
    id: `tools/list-dir/list-dir.ts:7:3 ${end.kind}`,
  }
  const mutation = { ...change, ...place, operator: 'relational', idea: 'a case where both sides are equal' }
  return { tool: 'listDir', mutation, end, durationMs: 1 }
}

function runOf(ends: readonly MutantEnd[], more: Partial<MutationRun> = {}): MutationRun {
  const points = [{ tool: 'listDir', points: 9, equivalent: 2 }]
  return { seed: 's', points, mutants: ends.map(mutant), unsound: [], staleEntries: [], durationMs: 1_000, ...more }
}

test('what cannot be loaded is neither caught nor a survivor, and is shown', () => {
  const report = mutationReport(
    runOf([{ kind: 'caught', by: noticed }, { kind: 'survived' }, { kind: 'unloadable' }, { kind: 'unloadable' }]),
  )
  const counts = { mutants: 4, caught: 1, survivors: 1, unloadable: 2, points: 9, equivalent: 2 }
  expect(report.summary).toEqual(counts)
  expect(report.by_tool).toEqual({ listDir: counts })
  expect(report.caught[0]?.by).toEqual({ tool: 'listDir', id: 'ld-001', version: '0.55.0' })
  expect(describeMutation(report)).toContain('cannot be loaded: listDir src/tools/list-dir/list-dir.ts:7')
})

test('a survivor is shown with its place, its change and what is missing', () => {
  const text = describeMutation(mutationReport(runOf([{ kind: 'survived' }])))
  expect(text).toContain(
    [
      '── survived: listDir src/tools/list-dir/list-dir.ts:7 (relational) ──',
      '- a < 3',
      '+ a <= 3',
      'missing: a case where both sides are equal',
    ].join('\n'),
  )
  expect(text).toContain('0 of 1 mutants caught in 1 s')
})

test('cases that the unchanged tools fail, and entries that match nothing, are reported', () => {
  const staleEntries = [{ file: 'tools/gone.ts', code: 'x', why: 'because' }]
  const text = describeMutation(
    mutationReport(runOf([{ kind: 'caught', by: noticed }], { unsound: [noticed], staleEntries })),
  )
  expect(text).toContain('therefore prove nothing: 1 (listDir ld-001)')
  expect(text).toContain('no mutation matches tools/gone.ts, x')
})
