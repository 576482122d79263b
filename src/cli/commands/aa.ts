import { plainLine } from '../../base/plain-text.ts'
import { tableLines } from '../../base/table-lines.ts'
import { UserError } from '../../contracts/errors.ts'
import { type ArmNoise, noiseOfRun } from '../../report/comparison/noise-report.ts'
import { noiseTable } from '../../report/tables/contrast-tables.ts'
import type { Action } from '../options/command-table.ts'
import { printJson, printLine } from '../terminal/print.ts'
import { loadRuns } from './compare.ts'

export const aa: Action<'aa'> = async ({ run: folder }, { seed, json }) => {
  const [run] = await loadRuns([folder])
  if (run === undefined) return
  if (run.manifest.imported?.unit === 'model') {
    throw new UserError('usage', `${folder}: contains imported averages; the noise floor needs single trials.`)
  }
  const noise = noiseOfRun(run, seed)
  if (!noise.ok) throw new UserError('nothing-to-run', `${noise.error.message}.`)
  if (json) printJson({ folder, arms: noise.value })
  else for (const arm of noise.value) printArm(arm)
}

function printArm({ player, arm, repeats, floors }: ArmNoise): void {
  const title = plainLine(`${player}, ${arm}`, 200)
  if (repeats === 1) {
    printLine(`\n${title}\none repeat: nothing to split. The noise floor needs at least two repeats of each task.`)
    return
  }
  for (const line of tableLines(noiseTable({ noiseFloor: floors }, title))) printLine(line)
  const misses = floors.filter(({ covers }) => covers === false).length
  const judged = floors.filter(({ covers }) => covers !== undefined).length
  printLine(
    `${judged - misses} of ${judged} intervals include 0 (or 1 for ratios); one in twenty excludes it by chance.`,
  )
}
