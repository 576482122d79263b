import { amountText, grouped, shareText, usdText } from '../../base/number-text.ts'
import { plainLine } from '../../base/plain-text.ts'
import { wilsonInterval } from '../../statistics/estimates/wilson.ts'
import type { ComparisonScope, SlopeResult } from '../comparison/comparison.ts'
import type { TurnBin } from '../document/details/details.ts'
import type { ScopeView } from '../document/report-document.ts'
import type { Picture } from '../document/sections.ts'
import { compareMetric } from '../judging/compare-metrics.ts'
import { BIN_NAMES, reachedBins } from '../tables/usage-tables.ts'
import type { ContrastFamily } from './contrast-forest.ts'
import { forestChart } from './forest-chart.ts'
import { type Plane, planeChart } from './plane-chart.ts'
import { tickText } from './scale.ts'
import { type SlopePicture, slopeChart } from './slope-chart.ts'
import { type Spreads, spreadChart } from './spread-chart.ts'
import { type Stack, stackChart } from './stack-chart.ts'
import { type TurnLines, turnsChart } from './turns-chart.ts'

/** More arms than this cannot be read; the tables have all of them. */
const ARMS_DRAWN_MAX = 24

const TOKEN_PARTS = ['tool definitions', 'reinjected prompt', 'other input', 'visible output', 'reasoning']

type ArmsView = Pick<ScopeView, 'scope'>

/** How many arms a picture leaves out. */
function leftOutNotes({ scope }: ArmsView): string[] {
  const rest = scope.arms.length - ARMS_DRAWN_MAX
  return rest <= 0 ? [] : [`The picture leaves out ${grouped(rest)} arms.`]
}

export function forestPicture(
  { forest, leftOut }: ContrastFamily,
  { noiseFloor }: Pick<ComparisonScope, 'noiseFloor'>,
  isFirst: boolean,
): Picture {
  const isKnown = noiseFloor.some(({ halfWidth }) => halfWidth !== undefined)
  const band = isKnown ? 'Grey bands are the noise floor.' : 'The noise floor is unknown: it needs repeats.'
  const reading = `Filled squares are verdicts, hollow circles are not; an arrow marks an interval that continues. ${band}`
  const more = leftOut > 0 ? [`${grouped(leftOut)} more contrasts have no line here; see contrasts.csv.`] : []
  return { charts: [forestChart(forest())], notes: [...more, ...(isFirst ? [reading] : [])] }
}

export function planePicture(view: ScopeView): (Picture & { isPriced: boolean }) | undefined {
  const plane = planeOf(view)
  if (plane === undefined) return undefined
  const note =
    'Filled: on the Pareto front, no other arm solves as much for less. Vertical lines are Wilson’s 95 % intervals of the share solved, with trials taken as independent. The table “Arms” has the figures.'
  return { charts: [planeChart(plane)], notes: [note], isPriced: plane.unit === 'usd' }
}

export function tokensPicture(view: ScopeView): Picture | undefined {
  const stack = tokenStack(view)
  const note =
    'Picture: tool definitions are sent with every request, so their estimated size counts once per turn; so do reinjected prompts. Other input is the rest of what was sent: preamble, conversation, observations.'
  if (stack === undefined) return undefined
  return { charts: [stackChart(stack)], legend: TOKEN_PARTS, isParts: true, notes: [...leftOutNotes(view), note] }
}

export function spreadsPicture(view: ScopeView): Picture | undefined {
  const spreads = spreadsOf(view)
  if (spreads === undefined) return undefined
  const note = 'Picture: 5th to 95th percentile, the middle half, the median.'
  return { charts: [spreadChart(spreads)], notes: [...leftOutNotes(view), note] }
}

export function turnsPicture(view: ScopeView): Picture | undefined {
  const lines = turnLinesOf(view)
  if (lines === undefined) return undefined
  const legend = view.details.arms.slice(0, ARMS_DRAWN_MAX).map(({ label }) => label)
  return { charts: [turnsChart(lines)], legend, notes: leftOutNotes(view) }
}

/** The contrast of the decision, one chart per metric. */
export function slopesPicture({ compared, decision }: ScopeView): Picture | undefined {
  const all = compared?.slopes ?? []
  const first = decision?.primary?.contrast ?? all[0]?.contrast
  const drawn = all.filter(({ contrast }) => contrast === first).flatMap(slope => slopePictureOf(slope) ?? [])
  return drawn.length === 0 ? undefined : { charts: drawn.map(slopeChart), notes: [] }
}

/** Solved against cost, or against tokens where any arm's cost is unknown; nothing without a scored trial. */
function planeOf({ scope }: ScopeView): Plane | undefined {
  const arms = scope.arms.filter(arm => arm.scored > 0).slice(0, ARMS_DRAWN_MAX)
  const isPriced = arms.every(arm => arm.means.costUsd !== undefined)
  const points = arms.flatMap(({ label, means, solved, scored }) => {
    const tokens = means.inputTokens && means.outputTokens && means.inputTokens.mean + means.outputTokens.mean
    const cost = isPriced ? means.costUsd?.mean : tokens
    const interval = wilsonInterval(solved, scored)
    if (cost === undefined || interval === undefined) return []
    return [{ name: plainLine(label, 60), cost, solved: solved / scored, ...interval }]
  })
  if (points.length === 0) return undefined
  const costText = isPriced ? usdText : amountText
  const words = points.map(({ name, cost, solved }) => `${name}: ${shareText(solved)} at ${costText(cost)}`)
  return {
    label: `Solved against ${isPriced ? 'cost' : 'tokens'} per trial. ${words.join('; ')}.`,
    costTitle: isPriced ? 'USD per trial (mean)' : 'input and output tokens per trial (mean)',
    unit: isPriced ? 'usd' : 'count',
    points,
  }
}

/** Where a trial's tokens went. */
function tokenStack({ details }: ScopeView): Stack | undefined {
  const rows = details.arms.slice(0, ARMS_DRAWN_MAX).flatMap(({ label, tokens }) => {
    if (tokens === undefined) return []
    const { toolDefinitions, reinjected, otherInput, visibleOutput, reasoning } = tokens
    const values = [toolDefinitions, reinjected, otherInput, visibleOutput, reasoning]
    const total = values.reduce((sum, value) => sum + value, 0)
    return [{ name: plainLine(label, 60), values, total: amountText(total) }]
  })
  if (rows.length === 0) return undefined
  return { label: `Mean tokens per trial by part: ${TOKEN_PARTS.join(', ')}.`, parts: TOKEN_PARTS, rows }
}

function spreadsOf({ details }: ScopeView): Spreads | undefined {
  const arms = details.arms.slice(0, ARMS_DRAWN_MAX)
  if (arms.every(({ spreads }) => spreads.turns === undefined)) return undefined
  return {
    label: 'Distributions of turns, tokens and wall time by arm: 5th to 95th percentile, middle half, median.',
    names: arms.map(({ label }) => plainLine(label, 60)),
    panels: [
      { title: 'Turns', tickOf: tickText.count, rows: arms.map(({ spreads }) => spreads.turns) },
      { title: 'Tokens', tickOf: tickText.count, rows: arms.map(({ spreads }) => spreads.tokens) },
      { title: 'Wall time', tickOf: tickText.duration, rows: arms.map(({ spreads }) => spreads.wallMs) },
    ],
  }
}

/** Nothing where all trials end within one bin: a single point is not a line. */
function turnLinesOf(view: ScopeView): TurnLines | undefined {
  const bins = reachedBins(view)
  if (bins.length < 2) return undefined
  const arms = view.details.arms.slice(0, ARMS_DRAWN_MAX)
  const lines = (pick: (bin: TurnBin) => number | undefined) =>
    arms.map(({ turns }) => bins.map(index => pick(turns[index] as TurnBin)))
  return {
    label: 'Prompt distance in tokens, and share of clauses kept, over the turns of a trial, by arm.',
    bins: bins.map(index => BIN_NAMES[index] as string),
    panels: [
      { title: 'Prompt distance (tokens)', tickOf: amountText, lines: lines(bin => bin.promptDistanceTokens) },
      { title: 'Clauses kept', tickOf: tickText.percent, max: 1, lines: lines(keptOf) },
    ],
  }
}

function keptOf({ clausesKept, clausesTotal }: TurnBin): number | undefined {
  return clausesTotal === 0 ? undefined : clausesKept / clausesTotal
}

/** Too many tasks to distinguish add nothing to the line. */
const POINTS_MAX = 400

function slopePictureOf({ contrast, metric, points, slope, breakEven, tasks }: SlopeResult): SlopePicture | undefined {
  const drawn = points.filter(({ callsPerLook, ratio }) => callsPerLook >= 1 && ratio > 0).slice(0, POINTS_MAX)
  if (drawn.length < 3) return undefined
  const name = compareMetric(metric)?.label ?? metric
  return {
    label: `${name}, ${contrast}: ratio against calls per look over ${tasks} tasks; the table has the line’s figures.`,
    title: `${name}: ${plainLine(contrast, 50)}`,
    points: drawn.map(({ callsPerLook, ratio }) => ({ x: Math.log2(callsPerLook), y: Math.log2(ratio) })),
    ...(slope !== undefined && { slope: slope / Math.LN2 }),
    ...(breakEven !== undefined && { breakEven: Math.log2(breakEven) }),
  }
}
