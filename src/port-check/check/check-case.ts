import type { JsonValue } from '../../contracts/json.ts'
import type { CaseOutcome, CaseRun, CorpusKind, PortCase } from '../corpus/corpus-kind.ts'
import { PortFault, type PortFaultKind } from '../port/port-fault.ts'
import type { PortProfile } from '../port/port-protocol.ts'
import { type CaseFolder, PathOutsideError, TreeTooLargeError } from './case-folder.ts'
import { compareOutcome, type Difference, isTextOnly } from './compare-outcome.ts'
import { type Deviation, findDeviation } from './deviations.ts'

/** How one case ended. */
export type Verdict =
  | { kind: 'identical' }
  | { kind: 'text-only' | 'behaviour'; differences: Difference[] }
  | { kind: 'deviation'; id: string; differences: Difference[] }
  | { kind: 'unstable' }
  | { kind: 'error'; fault: PortFaultKind | 'broken-case'; message: string }
  /** Out of scope, or of a tool the port does not have: counted apart. */
  | { kind: 'not-checked'; why: string }

export interface CaseToCheck {
  kind: CorpusKind
  case: PortCase
  version: string
  profile: PortProfile
  deviations: readonly Deviation[]
  folder: CaseFolder
  /** Writes the folder's tree, where no case of the session has. */
  prepare(): Promise<void>
  call: CaseRun['call']
}

/** Runs one case in its folder and judges it. A port's faults are verdicts. */
export async function checkCase(given: CaseToCheck): Promise<Verdict> {
  const { version, profile, folder, call } = given
  try {
    await given.prepare()
    const outcome = await given.case.run({ version, profile, folder, call })
    const verdict = judge(given, outcome)
    const damage = folder.damageOutside() ?? strangerOutside(outcome)
    return damage === undefined ? verdict : { kind: 'error', fault: 'wrote-outside', message: damage }
  } catch (error) {
    return verdictOf(error)
  }
}

function judge({ kind, version, profile, deviations, ...given }: CaseToCheck, outcome: CaseOutcome): Verdict {
  if (given.case.isUnstable(version)) return { kind: 'unstable' }
  const differences = compareOutcome(outcome)
  if (differences.length === 0) return { kind: 'identical' }
  if (outcome.portable && compareOutcome(outcome.portable).length === 0) return { kind: 'unstable' }
  const entry = findDeviation(deviations, { kind: kind.name, case: given.case, profile, outcome, differences })
  if (entry) return { kind: 'deviation', id: entry.id, differences }
  return { kind: isTextOnly(differences) ? 'text-only' : 'behaviour', differences }
}

function verdictOf(error: unknown): Verdict {
  if (error instanceof PortFault) {
    return error.kind === 'not-offered'
      ? { kind: 'not-checked', why: error.message }
      : { kind: 'error', fault: error.kind, message: error.message }
  }
  if (error instanceof TreeTooLargeError) return { kind: 'error', fault: 'flooded', message: error.message }
  if (isSystemError(error) || error instanceof PathOutsideError) {
    return {
      kind: 'error',
      fault: 'broken-case',
      message: `its tree cannot be made or read on this machine: ${error.message}`,
    }
  }
  throw error
}

/** A tree of a corpus that this machine cannot make or read: a name too long, a missing right. */
function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'code' in error
}

/** A file outside the working directory that upstream does not leave there. */
function strangerOutside({ expected, observed }: CaseOutcome): string | undefined {
  if (expected.tree === undefined || observed.tree === undefined) return undefined
  const known = expected.tree
  const strange = Object.keys(observed.tree).find(path => path.startsWith('../') && !Object.hasOwn(known, path))
  return strange === undefined
    ? undefined
    : `it made ${JSON.stringify(strange satisfies JsonValue)} outside its working directory`
}
