import { type Command, InvalidArgumentError } from 'commander'
import { defined } from '../../base/defined.ts'
import { UserError } from '../../contracts/errors.ts'
import { forecast } from '../../matrix/forecast.ts'
import { type Effect, parseEffect } from '../../planning/effect.ts'
import { pilotProblem } from '../../planning/pilot-facts.ts'
import type { PlannedContrast } from '../../planning/plan.ts'
import { planSuite } from '../../planning/plan-suite.ts'
import { primaryOf } from '../../report/comparison/primary.ts'
import { factorOf } from '../../report/document/arms.ts'
import { planRun, type RunPlan } from '../../run/suite/plan-run.ts'
import { suiteContent } from '../../suite/suite-content.ts'
import { OPTIONS, wholeNumber } from '../options.ts'
import { printJson, printLine } from '../terminal/print.ts'
import { describePlan } from '../terminal/show-plan.ts'
import { loadRuns } from './compare.ts'

interface PlanFlags {
  pilot?: string
  effect?: Effect
  power: number
  budgetUsd?: number
  taskUsd?: number
  repeats?: number
  concurrency: number
  json?: true
}

export function addPlanCommand(program: Command): void {
  program
    .command('plan')
    .argument('<suite>', 'a suite file, e.g. suites/demo.yaml')
    .description('show what a run can detect and what it costs, before you spend anything')
    .option('--pilot <run>', 'take variance, cost and time from this run instead of assuming them')
    .option(
      '--effect <size>',
      'show what it takes to detect this difference: 10pp (points of solved) or 0.8x (input tokens)',
      effectOption,
    )
    .option('--power <share>', 'the chance to detect it', shareOption, 0.8)
    .option('--budget-usd <amount>', 'show what this budget in USD can detect', amountOption)
    .option('--task-usd <amount>', 'cost of making one more task, to find the best number of repeats', amountOption)
    .option('--repeats <n>', "number of repeats (default: the suite's)", wholeNumber(1))
    .option('--concurrency <n>', 'number of blocks that run in parallel', wholeNumber(1), 4)
    .addOption(OPTIONS.json())
    .addHelpText(
      'after',
      '\nExample:\n  scriptbench plan suites/demo.yaml --pilot reports/demo --effect 10pp --budget-usd 50',
    )
    .action(planAction)
}

async function planAction(suiteFile: string, flags: PlanFlags): Promise<void> {
  const { pilot, effect, power, budgetUsd, taskUsd, repeats, concurrency, json } = flags
  const overrides = repeats === undefined ? {} : { repeats }
  const run = await planRun({ suiteFile, overrides, environment: process.env })
  const tasks = [...run.tasks.values()]
  const contrast = contrastOf(run)
  const measured = pilot === undefined ? undefined : await loadPilot(pilot, contrast)
  const plan = planSuite({
    ...{ suite: run.suite, tasks, trials: run.trials, power, concurrency },
    forecast: forecast(run.trials, { suite: run.suite, tasks, pricesOf: model => model.prices }),
    ...defined({ contrast, pilot: measured, effect, budgetUsd, taskCostUsd: taskUsd }),
  })
  if (json) printJson({ ...plan, tasksLeftOut: run.leftOut })
  else for (const line of describePlan(plan, run.leftOut)) printLine(line)
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

function effectOption(text: string): Effect {
  const effect = parseEffect(text)
  if (effect === undefined) throw new InvalidArgumentError('expected points such as 10pp, or a ratio such as 0.8x')
  return effect
}

function shareOption(text: string): number {
  const value = /^0?\.\d+$/.test(text) ? Number(text) : Number.NaN
  if (!(value >= 0.5 && value < 1)) throw new InvalidArgumentError('expected a share from 0.5 to below 1, such as 0.8')
  return value
}

function amountOption(text: string): number {
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN
  if (!(value > 0)) throw new InvalidArgumentError('expected an amount of USD above 0, such as 50')
  return value
}
