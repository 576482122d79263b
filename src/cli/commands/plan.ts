import { defined } from '../../base/defined.ts'
import { UserError } from '../../contracts/errors.ts'
import { forecast } from '../../matrix/forecast.ts'
import { pilotProblem } from '../../planning/pilot-facts.ts'
import type { PlannedContrast } from '../../planning/plan.ts'
import { planSuite } from '../../planning/plan-suite.ts'
import { primaryOf } from '../../report/comparison/primary.ts'
import { factorOf } from '../../report/document/arms.ts'
import { planRun, type RunPlan } from '../../run/suite/plan-run.ts'
import { suiteContent } from '../../suite/suite-content.ts'
import type { Action } from '../options/command-table.ts'
import { printJson, printLine } from '../terminal/print.ts'
import { describePlan } from '../terminal/show-plan.ts'
import { loadRuns } from './compare.ts'

export const plan: Action<'plan'> = async ({ suite: suiteFile }, options) => {
  const { pilot, effect, power, budgetUsd, taskUsd, repeats, concurrency, json } = options
  const run = await planRun({ suiteFile, overrides: defined({ repeats }), environment: process.env })
  const tasks = [...run.tasks.values()]
  const contrast = contrastOf(run)
  const measured = pilot === undefined ? undefined : await loadPilot(pilot, contrast)
  const planned = planSuite({
    ...{ suite: run.suite, tasks, trials: run.trials, power, concurrency },
    forecast: forecast(run.trials, { suite: run.suite, tasks, pricesOf: model => model.prices }),
    ...defined({ contrast, pilot: measured, effect, budgetUsd, taskCostUsd: taskUsd }),
  })
  if (json) printJson({ ...planned, tasksLeftOut: run.leftOut })
  else for (const line of describePlan(planned, run.leftOut)) printLine(line)
}

/** The contrast that decides, by the rules of `compare`. */
function contrastOf({ suite }: RunPlan): PlannedContrast | undefined {
  const { content } = suiteContent(suite)
  const varied = suite.factors.filter(({ levels }) => levels.length > 1)
  const primary = primaryOf(
    varied.map(({ name, levels }) => factorOf(name, levels, content)),
    content,
  )
  if (primary === undefined) return undefined
  const { name, factor, other, baseline } = primary.pair
  return { name, factor, other, baseline }
}

async function loadPilot(folder: string, contrast: PlannedContrast | undefined) {
  const [pilot] = await loadRuns([folder])
  const trials = pilot?.report.trials ?? []
  if (pilot?.manifest.imported !== undefined) {
    throw new UserError('usage', `--pilot "${folder}": contains imported outcomes; expected a run of scriptbench.`)
  }
  const problem = contrast && pilotProblem(trials, contrast)
  if (problem !== undefined) throw new UserError('usage', `--pilot "${folder}": ${problem}.`)
  return trials
}
