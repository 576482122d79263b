import type { CaseUnit } from '../../../src/port-check/check/check-unit.ts'

/** In which order cases are tried on a mutant: those first that have caught others, cheap ones before dear ones. */
export interface CaseOrder {
  /** All units for a mutant of a file. */
  unitsFor(file: string): CaseUnit[]
  learn(unit: CaseUnit, seen: { file: string; caught: boolean; durationMs: number }): void
}

interface Standing {
  unit: CaseUnit
  place: number
  caught: number
  caughtIn: Map<string, number>
  durationMs: number
}

/** What has not run yet comes in turns of its categories, so that the first cases are of all kinds. */
export function createCaseOrder(units: readonly CaseUnit[]): CaseOrder {
  const results = inTurns(units).map(
    (unit, place): Standing => ({ unit, place, caught: 0, caughtIn: new Map(), durationMs: 0 }),
  )
  const byUnit = new Map(results.map(standing => [standing.unit, standing]))
  return {
    unitsFor(file) {
      const caughtIn = (one: Standing) => one.caughtIn.get(file) ?? 0
      return results
        .toSorted(
          (left, right) =>
            caughtIn(right) - caughtIn(left) ||
            right.caught - left.caught ||
            left.durationMs - right.durationMs ||
            left.place - right.place,
        )
        .map(({ unit }) => unit)
    },
    learn(unit, { file, caught, durationMs }) {
      const standing = byUnit.get(unit)
      if (standing === undefined) return
      if (!caught) {
        // Steps, so that the turns of categories outlast the noise of a clock.
        standing.durationMs = Math.round(durationMs / DURATION_STEP_MS)
        return
      }
      standing.caught++
      standing.caughtIn.set(file, (standing.caughtIn.get(file) ?? 0) + 1)
    },
  }
}

const DURATION_STEP_MS = 500

function inTurns(units: readonly CaseUnit[]): CaseUnit[] {
  const turns = new Map<string, number>()
  const placed = units.map(unit => {
    const category = categoryOf(unit)
    const turn = turns.get(category) ?? 0
    turns.set(category, turn + 1)
    return { unit, turn }
  })
  return placed.toSorted((left, right) => left.turn - right.turn).map(({ unit }) => unit)
}

function categoryOf([first]: CaseUnit): string {
  const one = first?.[1]
  return [one?.kind.name, one?.version, one?.case.category, one?.case.tags[0]].join('\0')
}
