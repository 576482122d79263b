import type { ImportedOutcome, ImportSource } from '../../contracts/imported.ts'

/** What a source's reader found. */
export interface ImportedOutcomes {
  unit: ImportSource['unit']
  outcomes: ImportedOutcome[]
  /** The factors, each with its levels; the first level is the baseline. */
  factors: { name: string; levels: string[] }[]
  /** What was not taken, in words. */
  notes: string[]
}

/** Levels in order of first appearance, `first` ahead where it occurs. */
export function factorsIn(
  outcomes: readonly ImportedOutcome[],
  first: readonly string[] = [],
): ImportedOutcomes['factors'] {
  const factors = new Map<string, Set<string>>()
  for (const { levels } of outcomes) {
    for (const [name, level] of Object.entries(levels)) {
      const known =
        factors.get(name) ?? new Set(first.filter(each => outcomes.some(other => other.levels[name] === each)))
      factors.set(name, known.add(level))
    }
  }
  return [...factors].map(([name, levels]) => ({ name, levels: [...levels] }))
}

/** Numbers the trials of each cell that came without a number; `undefined` where two have the same. */
export function numberRepeats(
  outcomes: readonly ImportedOutcome[],
  isNumbered: boolean,
): ImportedOutcome[] | undefined {
  const seen = new Map<string, number>()
  const numbered: ImportedOutcome[] = []
  for (const outcome of outcomes) {
    const { task, model, levels, repeat } = outcome
    const cell = JSON.stringify([task, model, Object.entries(levels).sort(), ...(isNumbered ? [repeat] : [])])
    const count = seen.get(cell) ?? 0
    if (isNumbered && count > 0) return undefined
    seen.set(cell, count + 1)
    numbered.push(isNumbered ? outcome : { ...outcome, repeat: count })
  }
  return numbered
}
