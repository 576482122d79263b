import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '../../contracts/errors.ts'
import { readTrialLog } from '../../log/read-trial-log.ts'
import { runFiles } from '../../log/run-files.ts'
import { renderTrial } from '../../report/trial/render-trial.ts'
import type { Action } from '../options/command-table.ts'
import { printLine } from '../terminal/print.ts'

export const trial: Action<'trial'> = async ({ run: runDir, trialId }) => {
  const log = await readTrialLog(runFiles(runDir).trialLog(await findTrial(runDir, trialId)))
  if (!log.ok) throw new UserError('run-invalid', log.error.message)
  printLine(renderTrial(log.value.events, { isColoured: process.stdout.isTTY === true }))
}

async function findTrial(runDir: string, start: string): Promise<string> {
  const ids = await readdir(join(runDir, 'trials')).catch(() => {
    throw new UserError(
      'file-not-found',
      `${runDir}: no run there; expected a folder with trials/, as "scriptbench run" creates it.`,
    )
  })
  const matches = ids.includes(start) ? [start] : ids.filter(id => id.startsWith(start))
  if (matches.length === 1) return matches[0] as string
  const hint =
    matches.length === 0
      ? `no trial begins with "${start}"`
      : `${matches.length} trials begin with "${start}": ${matches.slice(0, 5).join(', ')}`
  throw new UserError('usage', `${runDir}: ${hint}. The ids are in trials.csv.`)
}
