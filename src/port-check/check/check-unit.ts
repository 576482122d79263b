import type { CaseRun } from '../corpus/corpus-kind.ts'
import type { SelectedCase } from '../corpus/select-cases.ts'
import type { CaseFolder } from './case-folder.ts'
import { checkCase, type Verdict } from './check-case.ts'
import type { Deviation } from './deviations.ts'
import { ownFolder, type SharedFolders } from './shared-folders.ts'

/** One case at one version, judged. */
export interface CheckedCase {
  id: string
  /** The kind of corpus: applyPatch, readFile, … */
  tool: string
  category: string
  /** Absent for lines that could not be understood. */
  version?: string
  file: string
  line: number
  verdict: Verdict
}

/** Cases that share a folder, with their places among all cases: those of one session in order, any other case alone. */
export type CaseUnit = readonly (readonly [index: number, one: SelectedCase])[]

export function unitsOf(cases: readonly SelectedCase[]): CaseUnit[] {
  return [...Map.groupBy(cases.entries(), ([index, one]) => unitKey(index, one)).values()]
}

function unitKey(index: number, { file, kind, version, case: { session } }: SelectedCase): string {
  return session === undefined ? String(index) : [file, kind.name, version, session].join('\0')
}

export interface UnitSetting {
  /** The unit's own folder, removed after the last case, or when no further case is asked for. */
  dir: string
  /** Lends folders to cases that can share one; absent: each has its own. */
  shared?: SharedFolders
  call(one: SelectedCase, folder: CaseFolder): CaseRun['call']
  deviations: readonly Deviation[]
}

/** Runs and judges one case after the other. */
export async function* checkUnit(
  unit: CaseUnit,
  { dir, call, deviations, shared }: UnitSetting,
): AsyncGenerator<readonly [index: number, one: CheckedCase]> {
  const key = treeKey(unit)
  const place = shared && key !== undefined ? shared.borrow(key, dir) : ownFolder(dir)
  const { folder } = place
  try {
    for (const [index, one] of unit) {
      const prepare = () => place.prepare(() => one.case.prepare(folder))
      const setting = { folder, prepare, deviations, call: call(one, folder) }
      yield [index, await checkOne(one, () => checkCase({ ...one, ...setting }))]
    }
  } finally {
    place.release()
  }
}

/** Names the tree that a case alone in its unit starts from, if it can share it. */
function treeKey(unit: CaseUnit): string | undefined {
  const [first, ...others] = unit.map(([, one]) => one)
  const name = others.length === 0 ? first?.case.sharedTree : undefined
  return first && name !== undefined ? [first.file, first.kind.name, name].join('\0') : undefined
}

async function checkOne(one: SelectedCase, run: () => Promise<Verdict>): Promise<CheckedCase> {
  const { kind, version, file, line } = one
  const why = one.case.outOfScope?.(version)
  const verdict: Verdict = why === undefined ? await run() : { kind: 'not-checked', why }
  return { id: one.case.id, tool: kind.name, category: one.case.category, version, file, line, verdict }
}
