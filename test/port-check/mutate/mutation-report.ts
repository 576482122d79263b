import type { CheckedCase } from '../../../src/port-check/check/check-unit.ts'
import type { EquivalentMutants } from './equivalent-mutants.ts'
import type { MutantEnd } from './judge-mutant.ts'
import type { JudgedMutant, MutationRun } from './mutate-ports.ts'

/** A mutant as it is reported. */
export interface ReportedMutant {
  id: string
  tool: string
  file: string
  line: number
  operator: string
  before: string
  after: string
}

interface ReportedCase {
  tool: string
  id: string
  version?: string
}

/** `points`: places to mutate; `equivalent`: those of them that are listed as such, and never taken. */
export interface MutationCounts {
  mutants: number
  caught: number
  survivors: number
  /** Those that cannot be loaded: neither caught nor survivors. */
  unloadable: number
  points: number
  equivalent: number
}

/** What `npm run test:mutants -- --json` prints. */
export interface MutationReport {
  seed: string
  summary: MutationCounts
  by_tool: Record<string, MutationCounts>
  /** `idea`: what a case would have to do to notice it. */
  survivors: (ReportedMutant & { idea: string })[]
  unloadable: ReportedMutant[]
  /** `by`: the case that noticed it first. */
  caught: (ReportedMutant & { by: ReportedCase })[]
  /** Cases that the unchanged tools fail on this machine, so that they prove nothing about a mutant. */
  unsound: ReportedCase[]
  /** Entries of the list of equivalent mutants that no point of the sources falls under. */
  stale_entries: EquivalentMutants[]
  duration_ms: number
}

export function mutationReport(run: MutationRun): MutationReport {
  const { seed, points, mutants, unsound, staleEntries, durationMs } = run
  const tools = points.map(({ tool, ...place }) => {
    const own = mutants.filter(mutant => mutant.tool === tool)
    return [tool, { ...countEnds(own), ...place }] as const
  })
  const sum = (key: 'points' | 'equivalent') => points.reduce((total, place) => total + place[key], 0)
  return {
    seed,
    summary: { ...countEnds(mutants), points: sum('points'), equivalent: sum('equivalent') },
    by_tool: Object.fromEntries(tools),
    survivors: mutants
      .filter(({ end }) => end.kind === 'survived')
      .map(mutant => ({ ...reported(mutant), idea: mutant.mutation.idea })),
    unloadable: mutants.filter(({ end }) => end.kind === 'unloadable').map(reported),
    caught: mutants.flatMap(mutant =>
      mutant.end.kind === 'caught' ? [{ ...reported(mutant), by: reportedCase(mutant.end.by) }] : [],
    ),
    unsound: unsound.map(reportedCase),
    stale_entries: [...staleEntries],
    duration_ms: Math.round(durationMs),
  }
}

function countEnds(mutants: readonly JudgedMutant[]) {
  const count = (kind: MutantEnd['kind']) => mutants.filter(({ end }) => end.kind === kind).length
  return {
    mutants: mutants.length,
    caught: count('caught'),
    survivors: count('survived'),
    unloadable: count('unloadable'),
  }
}

function reported({ tool, mutation: { id, file, line, operator, before, after } }: JudgedMutant): ReportedMutant {
  return { id, tool, file, line, operator, before, after }
}

function reportedCase({ tool, id, version }: CheckedCase): ReportedCase {
  return { tool, id, ...(version !== undefined && { version }) }
}
