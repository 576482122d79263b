import { type CaseUnit, type CheckedCase, checkUnit } from '../../../src/port-check/check/check-unit.ts'
import { type Deviation, mayDeviate } from '../../../src/port-check/check/deviations.ts'
import { createSharedFolders } from '../../../src/port-check/check/shared-folders.ts'
import { patientCaller } from '../../../src/port-check/port/patient-caller.ts'
import type { Port } from '../../../src/port-check/port/port.ts'
import type { CasePlaces } from './case-places.ts'

/** What the tools as they are make of cases here and now; each case is tried when it is first asked about. */
export interface UnchangedTools {
  /** Whether a case that a mutant fails proves anything about the mutant. */
  isSound(unit: CaseUnit, one: CheckedCase): Promise<boolean>
  /** Whether they differ from upstream in a listed way. */
  isDeviation(unit: CaseUnit, one: CheckedCase): Promise<boolean>
  /** The cases that were asked about and that they fail. */
  failed(): CheckedCase[]
}

const CALL_MS_MAX = 20_000

export function createUnchangedTools(
  port: Port,
  { places, deviations }: { places: CasePlaces; deviations: readonly Deviation[] },
): UnchangedTools {
  const verdicts = new Map<CaseUnit, Promise<Map<string, CheckedCase>>>()
  const failed: CheckedCase[] = []
  const setting = { call: patientCaller(port, CALL_MS_MAX), deviations, shared: createSharedFolders() }
  async function run(unit: CaseUnit, number: number): Promise<Map<string, CheckedCase>> {
    const found = new Map<string, CheckedCase>()
    for await (const [, one] of checkUnit(unit, { ...setting, dir: places.dirOf(unit, String(number)) })) {
      found.set(keyOf(one), one)
      if (isDifferent(one)) failed.push(one)
    }
    return found
  }
  async function own(unit: CaseUnit, one: CheckedCase): Promise<CheckedCase | undefined> {
    const known = verdicts.get(unit) ?? run(unit, verdicts.size)
    verdicts.set(unit, known)
    return (await known).get(keyOf(one))
  }
  return {
    async isSound(unit, one) {
      const unchanged = await own(unit, one)
      return unchanged !== undefined && !isDifferent(unchanged)
    },
    async isDeviation(unit, one) {
      const cases = unit.map(([, other]) => other)
      const selected = cases.find(other => other.case.id === one.id && other.version === one.version)
      if (selected === undefined || !mayDeviate(deviations, { ...selected, kind: selected.kind.name })) return false
      return (await own(unit, one))?.verdict.kind === 'deviation'
    },
    failed: () => failed,
  }
}

/** Anything that `ports check` reports, and a tool that the port has not any more. */
export function isDifferent({ verdict }: CheckedCase): boolean {
  return verdict.kind !== 'identical' && verdict.kind !== 'deviation' && verdict.kind !== 'unstable'
}

function keyOf({ tool, id, version, file }: CheckedCase): string {
  return [tool, id, version, file].join('\0')
}
