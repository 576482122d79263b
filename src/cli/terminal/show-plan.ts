import { grouped, UNKNOWN } from '../../base/number-text.ts'
import { plainLine } from '../../base/plain-text.ts'
import { cell, end, type Table } from '../../base/table.ts'
import { tableLines } from '../../base/table-lines.ts'
import type { Range } from '../../matrix/range.ts'
import type { Effect } from '../../planning/effect.ts'
import type { NeededSize, Plan, PlannedSize, Spend } from '../../planning/plan.ts'

/** A plan as lines: sentences first, tables after. */
export function describePlan(plan: Plan, leftOut: readonly { task: string; reason: string }[]): string[] {
  return [
    sizeLine(plan),
    ...detectableLines(plan),
    ...neededLines(plan),
    ...budgetLines(plan),
    ...groundLines(plan),
    ...plan.warnings.map(warning => `! ${plainLine(warning, 600)}`),
    ...leftOut.map(({ task, reason }) => `! Left out: ${plainLine(task)} (${plainLine(reason)})`),
    ...tables(plan).flatMap(tableLines),
  ]
}

function sizeLine({ suite, size, planned, concurrency }: Plan): string {
  const { tasks, arms, models, repeats, trials } = size
  const product = `${counted(tasks, 'task')} × ${counted(arms, 'arm')} × ${counted(models.length, 'model')} × ${counted(repeats, 'repeat')}`
  return `${plainLine(suite)}: ${product} = ${grouped(trials)} trials: ${spendText(planned)} at ${concurrency} in parallel.`
}

function detectableLines({ contrast, planned, power, size, otherRepeats }: Plan): string[] {
  if (contrast === undefined) return ['All trials are in one arm: nothing to compare.']
  const { solved, turns, inputTokens } = planned.detectable
  const what = `With ${counted(size.tasks, 'task')} × ${counted(size.repeats, 'repeat')} you can detect that ${plainLine(contrast.name)} (${plainLine(contrast.other)} against ${plainLine(contrast.baseline)})`
  const could = `changes solved by ${pointsText(solved)} or more, turns to ${timesText(turns)} or less, or input tokens to ${timesText(inputTokens)} or less, each with ${percent(power)} power.`
  const five = otherRepeats.find(({ repeats }) => repeats > size.repeats)
  const more = five
    ? [`${counted(five.repeats, 'repeat')}: ${pointsText(five.detectable.solved)} of solved; ${spendText(five)}.`]
    : []
  return [`${what} ${could}`, ...more]
}

function neededLines({ needed, planned, size, concurrency, contrast }: Plan): string[] {
  if (needed === undefined || contrast === undefined) return []
  const goal = effectText(needed.effect)
  if (needed.isPlanEnough) return [`The suite is large enough to detect ${goal}: ${spendText(planned)}.`]
  const { withTheseTasks, byRepeats } = needed
  const these =
    withTheseTasks === undefined
      ? `${capital(goal)} cannot be detected with these ${size.tasks} tasks, with any number of repeats.`
      : `${capital(goal)} ${needsVerb(needed.effect)} ${counted(withTheseTasks.repeats, 'repeat')} of these ${size.tasks} tasks: ${spendText(withTheseTasks)} at ${concurrency} in parallel.`
  const other = byRepeats.find(({ repeats }) => repeats === 5) ?? byRepeats[0]
  return other === undefined
    ? [these]
    : [
        these,
        `${capital(goal)} ${needsVerb(needed.effect)} ${counted(other.tasks, 'task')} at ${counted(other.repeats, 'repeat')}: ${spendText(other)} at ${concurrency} in parallel.`,
      ]
}

const NO_BUDGET = {
  'cost-unknown': 'The cost of a trial is unknown, so the budget cannot be planned.',
  'too-small': 'The budget is too small for two tasks in every arm.',
  'nothing-billed': 'The players of this suite cost nothing: the budget has no effect.',
}

function budgetLines({ budget, contrast }: Plan): string[] {
  if (budget === undefined) return []
  if (budget.best === undefined) return [NO_BUDGET[budget.why ?? 'too-small']]
  const { tasks, repeats, detectable } = budget.best
  const finds =
    contrast === undefined
      ? ''
      : `, enough to detect ${pointsText(detectable.solved)} of solved or ${timesText(detectable.inputTokens)} the input tokens`
  return [
    `${usd(budget.budgetUsd)} pays for ${counted(tasks, 'task')} × ${counted(repeats, 'repeat')} (${spendText(budget.best)})${finds}.`,
  ]
}

const COST_WORDS: Record<Plan['spend']['cost'], string> = {
  pilot: 'cost per trial as measured in the pilot',
  forecast: 'cost forecast without measurements, as a range',
  mixed: 'cost as measured in the pilot, or as forecast for models it does not have',
  'nothing-billed': 'built-in players cost nothing',
  unknown: 'cost unknown',
}

function groundLines({ contrast, designs, pilot, repeatsOptimal, spend, size }: Plan): string[] {
  const { designEffect, source } = designs.solved
  const variances =
    source === 'assumed'
      ? 'variances are assumed, not measured (see docs/planning.md)'
      : `variances from the pilot (${pilot?.tasks} tasks, ${Number((pilot?.repeats ?? 0).toFixed(1))} trials per task and arm)`
  const unpriced =
    spend.unpriced.length === 0
      ? ''
      : ` (no price and no pilot for ${spend.unpriced.map(model => plainLine(model)).join(', ')})`
  const untimed =
    spend.untimed.length === 0
      ? ''
      : `; time unknown without a pilot for ${spend.untimed.map(model => plainLine(model)).join(', ')}`
  const clusters =
    designEffect > 1.005
      ? [
          `${size.tasks} tasks in ${size.clusters} clusters count as ${(size.tasks / designEffect).toFixed(0)} independent ones (design effect ${designEffect.toFixed(2)}).`,
        ]
      : []
  const best = contrast === undefined ? [] : [`Best number of repeats if you can add tasks: ${repeatsOptimal}.`]
  const ground = contrast === undefined ? '' : `${variances}; `
  return [`Based on: ${ground}${COST_WORDS[spend.cost]}${unpriced}${untimed}.`, ...clusters, ...best]
}

function tables({ budget, contrast, needed, otherRepeats, planned }: Plan): Table[] {
  if (contrast === undefined) return []
  const sizes = [planned, ...otherRepeats].sort((left, right) => left.repeats - right.repeats)
  return [
    sizeTable('repeats', 'Smallest detectable difference, by repeats', sizes),
    ...(needed ? [neededTable(`Needed for ${effectText(needed.effect)}`, needed.byRepeats)] : []),
    ...(budget && budget.options.length > 0
      ? [sizeTable('budget', `Within ${usd(budget.budgetUsd)}`, budget.options)]
      : []),
  ]
}

function sizeTable(id: string, title: string, sizes: readonly PlannedSize[]): Table {
  return {
    ...{ id, title, notes: [] },
    columns: [...SIZE_COLUMNS, end('Solved'), end('Turns'), end('Input tokens')],
    rows: sizes.map(size => [
      ...sizeCells(size),
      cell(`±${(size.detectable.solved * 100).toFixed(1)} pp`),
      cell(`×${size.detectable.turns.toFixed(2)}`),
      cell(`×${size.detectable.inputTokens.toFixed(2)}`),
    ]),
  }
}

function neededTable(title: string, sizes: readonly NeededSize[]): Table {
  return { id: 'needed', title, notes: [], columns: SIZE_COLUMNS, rows: sizes.map(sizeCells) }
}

const SIZE_COLUMNS = [end('Tasks'), end('Repeats'), end('Trials'), end('Cost'), end('Time')]

function sizeCells({ tasks, repeats, trials, costUsd, durationMs }: Omit<PlannedSize, 'detectable'>) {
  const cost = costUsd === undefined ? UNKNOWN : rangeText(costUsd)
  return [grouped(tasks), grouped(repeats), grouped(trials), cost, durationText(durationMs)].map(text => cell(text))
}

function spendText({ costUsd, durationMs }: Spend): string {
  const cost = costUsd === undefined ? 'cost unknown' : rangeText(costUsd)
  return `${cost}, ${durationMs === undefined ? 'time unknown' : durationText(durationMs)}`
}

function rangeText({ low, high }: Range): string {
  return low === high ? usd(low) : `${usd(low)}–${usd(high)}`
}

function usd(value: number): string {
  if (value === 0) return '$0'
  if (value < 0.01) return '<$0.01'
  return `$${value < 100 ? value.toFixed(2) : grouped(Math.round(value))}`
}

/** Hours and minutes, as one waits for them. */
function durationText(durationMs: number | undefined): string {
  if (durationMs === undefined) return UNKNOWN
  const minutes = Math.ceil(durationMs / 60_000)
  if (minutes <= 1) return `${Math.max(1, Math.ceil(durationMs / 1000))} s`
  return minutes < 60 ? `${minutes} min` : `${grouped(Math.floor(minutes / 60))} h ${minutes % 60} min`
}

function effectText(effect: Effect): string {
  return effect.kind === 'points'
    ? `${pointsText(effect.share)} of solved`
    : `${timesText(effect.ratio)} the input tokens`
}

function needsVerb(effect: Effect): string {
  return effect.kind === 'points' && effect.share !== 0.01 ? 'need' : 'needs'
}

function pointsText(share: number): string {
  const points = Number((share * 100).toFixed(1))
  return points === 1 ? '1 point' : `${points} points`
}

function timesText(ratio: number): string {
  return `${Number(ratio.toFixed(2))} times`
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`
}

function counted(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
