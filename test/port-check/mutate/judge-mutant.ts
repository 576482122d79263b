import { join } from 'node:path'
import { UserError } from '../../../src/contracts/errors.ts'
import {
  type CaseUnit,
  type CheckedCase,
  checkUnit,
  type UnitSetting,
} from '../../../src/port-check/check/check-unit.ts'
import type { Deviation } from '../../../src/port-check/check/deviations.ts'
import { createSharedFolders } from '../../../src/port-check/check/shared-folders.ts'
import { openModulePort } from '../../../src/port-check/port/module-port.ts'
import { patientCaller } from '../../../src/port-check/port/patient-caller.ts'
import type { Port } from '../../../src/port-check/port/port.ts'
import type { CaseOrder } from './case-order.ts'
import { type CasePlaces, createCasePlaces } from './case-places.ts'
import type { Mutation } from './mutation.ts'
import type { SourceTree } from './source-tree.ts'
import { isDifferent, type UnchangedTools } from './unchanged-tools.ts'

/** What happened to a mutant. `by` is the case that noticed it. One that cannot be loaded proves nothing about the cases. */
export type MutantEnd = { kind: 'caught'; by: CheckedCase } | { kind: 'survived' } | { kind: 'unloadable' }

export interface JudgeSetting {
  /** A folder of this place alone. */
  dir: string
  /** Another one, in memory. */
  memoryDir: string | undefined
  tree: SourceTree
  launcher: readonly string[]
  deviations: readonly Deviation[]
  unchanged: UnchangedTools
}

/** A call that takes longer has hung; the longest case is a few seconds. */
const CALL_MS_MAX = 8_000
const WAITING_CALL_MS_MAX = 20_000
const WAITING_AT_ONCE = 3

/** Runs cases on a mutant until one notices it. */
export async function judgeMutant(
  mutation: Mutation,
  { order, waits = false }: { order: CaseOrder; waits?: boolean },
  setting: JudgeSetting,
): Promise<MutantEnd> {
  const { tree, dir: diskDir, memoryDir } = setting
  const processesMax = waits ? WAITING_AT_ONCE : 1
  tree.mutate(mutation)
  try {
    const port = await openSources({ ...setting, processesMax })
    if (port === undefined) return { kind: 'unloadable' }
    const places = createCasePlaces('cases', { diskDir, memoryDir })
    try {
      const hasty = withTimeout(port, waits ? WAITING_CALL_MS_MAX : CALL_MS_MAX)
      const by = await firstDifference(hasty, { ...setting, places, file: mutation.file, order, atOnce: processesMax })
      return by === undefined ? { kind: 'survived' } : { kind: 'caught', by }
    } finally {
      await port.close()
      places.remove()
    }
  } finally {
    tree.restore(mutation)
  }
}

/** Our tools from a copy of the sources; nothing when they cannot be loaded. */
export async function openSources({
  tree,
  launcher,
  dir,
  processesMax,
}: Pick<JudgeSetting, 'tree' | 'launcher' | 'dir'> & { processesMax: number }): Promise<Port | undefined> {
  const host = { mainFile: tree.hostFile, launcher }
  try {
    return await openModulePort({ file: tree.portFile, processesMax, scratchDir: join(dir, 'port'), host })
  } catch (error) {
    if (error instanceof UserError) return undefined
    throw error
  }
}

function withTimeout(port: Port, timeoutMsMax: number): Port {
  return { ...port, call: (request, timeoutMs) => port.call(request, Math.min(timeoutMs, timeoutMsMax)) }
}

interface Search extends Pick<JudgeSetting, 'deviations' | 'unchanged'> {
  places: CasePlaces
  file: string
  order: CaseOrder
  atOnce: number
}

async function firstDifference(port: Port, search: Search): Promise<CheckedCase | undefined> {
  const { places, deviations, unchanged, file, order, atOnce } = search
  const queue = order.unitsFor(file).entries()
  const setting = { call: patientCaller(port, CALL_MS_MAX), deviations, shared: createSharedFolders() }
  const passed: (readonly [CaseUnit, CheckedCase])[] = []
  let found: CheckedCase | undefined
  const work = async () => {
    for (const [number, unit] of queue) {
      const startedMs = performance.now()
      const unitSetting = { ...setting, dir: places.dirOf(unit, String(number)) }
      for await (const [, one] of checkUnit(unit, unitSetting)) {
        if (found !== undefined) return
        if (one.verdict.kind === 'identical') passed.push([unit, one])
        if (!isDifferent(one) || !(await unchanged.isSound(unit, one))) continue
        if (hasHung(one) && !(await hangsAgain(unit, one, unitSetting))) continue
        found = one
        order.learn(unit, { file, caught: true, durationMs: 0 })
        return
      }
      order.learn(unit, { file, caught: false, durationMs: performance.now() - startedMs })
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return found ?? (await firstAsUpstream(passed, search))
}

function hasHung({ verdict }: CheckedCase): boolean {
  return verdict.kind === 'error' && verdict.fault === 'hung'
}

/** A busy machine makes a case late once. */
async function hangsAgain(unit: CaseUnit, { id, version }: CheckedCase, setting: UnitSetting): Promise<boolean> {
  for await (const [, one] of checkUnit(unit, { ...setting, dir: `${setting.dir}-again` })) {
    if (one.id === id && one.version === version) return isDifferent(one)
  }
  return false
}

/** A case where we differ on purpose, and the mutant no longer does. */
async function firstAsUpstream(
  passed: readonly (readonly [CaseUnit, CheckedCase])[],
  { unchanged, order, file }: Search,
): Promise<CheckedCase | undefined> {
  for (const [unit, one] of passed) {
    if (!(await unchanged.isDeviation(unit, one))) continue
    order.learn(unit, { file, caught: true, durationMs: 0 })
    return one
  }
  return undefined
}
