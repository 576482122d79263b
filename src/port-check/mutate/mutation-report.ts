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

/** What `ports mutate --json` prints. */
export interface MutationReport {
  seed: string
  summary: { mutants: number; caught: number; survivors: number; points: number; equivalent: number }
  /** `points`: places to mutate; `equivalent`: those of them that are listed as such, and never taken. */
  by_tool: Record<string, { points: number; equivalent: number; mutants: number; caught: number; survivors: number }>
  /** `idea`: what a case would have to do to notice it. */
  survivors: (ReportedMutant & { idea: string })[]
  /** `by`: the case that noticed it first; null where the mutant could not be loaded at all. */
  caught: (ReportedMutant & { by: { tool: string; id: string; version?: string } | null })[]
  duration_ms: number
}

export function mutationReport({ seed, points, mutants, durationMs }: MutationRun): MutationReport {
  const survivors = mutants.filter(({ end }) => end.kind === 'survived')
  const all = points.map(({ tool, found, equivalent }) => {
    const own = mutants.filter(mutant => mutant.tool === tool)
    const survived = survivors.filter(mutant => mutant.tool === tool).length
    const counts = {
      points: found,
      equivalent,
      mutants: own.length,
      caught: own.length - survived,
      survivors: survived,
    }
    return [tool, counts] as const
  })
  const sum = (key: 'points' | 'equivalent') => all.reduce((total, [, counts]) => total + counts[key], 0)
  return {
    seed,
    summary: {
      mutants: mutants.length,
      caught: mutants.length - survivors.length,
      survivors: survivors.length,
      points: sum('points'),
      equivalent: sum('equivalent'),
    },
    by_tool: Object.fromEntries(all),
    survivors: survivors.map(mutant => ({ ...reported(mutant), idea: mutant.mutation.idea })),
    caught: mutants.flatMap(mutant =>
      mutant.end.kind === 'caught' ? [{ ...reported(mutant), by: byOf(mutant) }] : [],
    ),
    duration_ms: Math.round(durationMs),
  }
}

function reported({ tool, mutation: { id, file, line, operator, before, after } }: JudgedMutant): ReportedMutant {
  return { id, tool, file, line, operator, before, after }
}

function byOf({ end }: JudgedMutant): MutationReport['caught'][number]['by'] {
  if (end.kind !== 'caught' || end.by === undefined) return null
  const { tool, id, version } = end.by
  return { tool, id, ...(version !== undefined && { version }) }
}
