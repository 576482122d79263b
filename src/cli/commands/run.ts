import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { defined } from '../../base/defined.ts'
import { EXIT } from '../../contracts/exit-codes.ts'
import { type Forecast, forecast } from '../../matrix/forecast.ts'
import type { AskPerson } from '../../run/single/approval-gate.ts'
import { planRun, type RunPlan } from '../../run/suite/plan-run.ts'
import { type RunSummary, runSuite } from '../../run/suite/run-suite.ts'
import type { Action } from '../options/command-table.ts'
import { armText } from '../terminal/arm-text.ts'
import { askOnTerminal } from '../terminal/ask-on-terminal.ts'
import { abortOnInterrupt } from '../terminal/interrupt.ts'
import { printJson, printLine, printNote } from '../terminal/print.ts'
import { createProgress, type Progress } from '../terminal/progress.ts'
import { describeForecast } from '../terminal/show-forecast.ts'

export const run: Action<'run'> = async ({ suite: suiteFile }, options) => {
  const { concurrency, dryRun, factor, json = false, out, ...rest } = options
  const environment = process.env
  const plan = await planRun({ suiteFile, overrides: { ...rest, ...defined({ factors: factor }) }, environment })
  if (dryRun) return showPlan(plan, json)
  for (const { task, reason } of plan.leftOut) printNote(`left out: ${task} (${reason})`)
  const outDir = out ?? join('reports', `${basename(suiteFile).replace(/\.ya?ml$/, '')}-${timeStamp()}`)
  const interrupt = abortOnInterrupt()
  const progress = createProgress({ isJson: json, stream: process.stderr })
  if (!json) printNote(describeForecast(forecastOf(plan), plan.suite.runCostUsdMax))
  if (plan.suite.approval.answer === 'ask' && !process.stdin.isTTY) {
    printNote('approval.answer is "ask", but there is no terminal to ask on: every question is answered with no')
  }
  try {
    const summary = await runSuite({
      plan,
      outDir,
      concurrency,
      environment,
      onProgress: progress.update,
      ...(process.stdin.isTTY && { askPerson: askWithStillScreen(progress) }),
      signal: interrupt.signal,
    })
    progress.end()
    const documents = summary.finished + summary.failed > 0 ? await writeAllDocuments(outDir) : []
    show({ summary, documents, outDir, json: json })
    process.exitCode = exitCodeOf(summary, interrupt.wasInterrupted())
  } finally {
    progress.end()
    interrupt.release()
  }
}

/** Loaded when there is something to report. */
async function writeAllDocuments(outDir: string): Promise<string[]> {
  const { writeDocuments } = await import('../terminal/write-documents.ts')
  return writeDocuments(outDir, ['csv', 'json', 'md', 'html'])
}

function askWithStillScreen(progress: Progress): AskPerson {
  return async (request, signal) => {
    progress.hold(true)
    try {
      return await askOnTerminal(request, signal)
    } finally {
      progress.hold(false)
    }
  }
}

function forecastOf({ suite, tasks, trials }: RunPlan): Forecast {
  return forecast(trials, { suite, tasks: [...tasks.values()], pricesOf: model => model.prices })
}

function showPlan(plan: RunPlan, isJson: boolean): void {
  const result = forecastOf(plan)
  if (isJson) {
    const trials = plan.trials.map(({ id, task, model, arm, repeat, block, position }) => ({
      id,
      task,
      model: model.spec,
      arm,
      repeat,
      block,
      position,
    }))
    printJson({ count: trials.length, trials, forecast: result, leftOut: plan.leftOut })
    return
  }
  for (const { task, model, arm, repeat } of plan.trials) {
    printLine(`${task}  ${model.spec}  ${armText(arm)}  #${repeat + 1}`)
  }
  printLine(`${plan.trials.length} trials; nothing was started`)
  printLine(describeForecast(result, plan.suite.runCostUsdMax))
}

interface Shown {
  summary: RunSummary
  documents: readonly string[]
  outDir: string
  json: boolean
}

function show({ summary, documents, outDir, json }: Shown): void {
  const { sandbox, ...counts } = summary
  if (json) {
    printJson({ out: outDir, ...counts, sandbox: sandbox.mechanism, documents })
    return
  }
  const parts = [`${summary.finished} of ${summary.planned} trials finished`]
  if (summary.failed > 0)
    parts.push(`${summary.failed} failed for reasons outside the model (run the same --out again to retry them)`)
  if (summary.stoppedByCost) parts.push('stopped: the cost cap of the suite is reached')
  printLine(parts.join('; '))
  if (sandbox.mechanism === 'none')
    printLine(`commands ran WITHOUT a sandbox${sandbox.reason ? ` (${sandbox.reason})` : ''}`)
  const html = join(outDir, 'report.html')
  printLine(existsSync(html) ? `report: ${html}` : `run: ${outDir}`)
}

function exitCodeOf(summary: RunSummary, wasInterrupted: boolean): number {
  if (wasInterrupted) return EXIT.interrupted
  if (summary.failed > 0) return EXIT.failed
  return summary.finished === 0 ? EXIT.nothingRan : EXIT.done
}

/** Universal time, fit for a folder name, to the second. */
function timeStamp(): string {
  return new Date().toISOString().slice(0, 19).replace(/[:T]/g, '-')
}
