import type { Comparison, ComparisonScope, ContrastResult, SlopeResult } from '../comparison/comparison.ts'
import { compareMetric } from './compare-metrics.ts'
import { whyText } from './contrast-text.ts'
import { levelWords } from './level-words.ts'

/** What to do, for one model. `none`: who played is no model, or there is nothing to choose between. */
export type Choice = 'other' | 'baseline' | 'either' | 'unknown' | 'none'

export interface Decision {
  scope: string
  isEvidence: boolean
  choice: Choice
  /** Two or three words. */
  headline: string
  /** Why, in a sentence. */
  reason: string
  primary?: ContrastResult
  /** The contrast's effect on solved tasks, where that is not the primary metric. */
  solved?: ContrastResult
  slope?: SlopeResult
}

/** Amounts that can decide between arms that solve alike, the first that is known. */
const COST_METRICS = ['costUsd', 'inputTokens', 'turns', 'workingMs']

/**
 * Solved decides; where both arms solve alike, within the declared margin, what they take does. Everything rests on the
 * verdicts of the comparison: no figure is judged here.
 */
export function decide(scope: ComparisonScope, comparison: Pick<Comparison, 'primary'>): Decision {
  const { contrasts } = scope
  const primary =
    contrasts.find(contrast => contrast.role === 'primary') ??
    contrasts.find(({ contrast, metric }) => contrast === comparison.primary.contrast && metric === 'solved')
  const base = { scope: scope.name, isEvidence: scope.isEvidence }
  if (primary === undefined) {
    const reason = 'The run has no two arms that the primary contrast could compare.'
    return { ...base, choice: scope.isEvidence ? 'unknown' : 'none', headline: headlineOf(scope.isEvidence), reason }
  }
  const siblings = contrasts.filter(({ contrast }) => contrast === primary.contrast)
  const solved = siblings.find(({ metric }) => metric === 'solved')
  const slope =
    scope.slopes.find(({ contrast, metric }) => contrast === primary.contrast && metric === primary.metric) ??
    scope.slopes.find(({ contrast }) => contrast === primary.contrast)
  const facts = {
    primary,
    ...(solved !== undefined && solved !== primary && { solved }),
    ...(slope !== undefined && { slope }),
  }
  if (!scope.isEvidence) {
    const reason = 'Who played here is no model, so nothing follows about which mode a model should use.'
    return { ...base, ...facts, choice: 'none', headline: headlineOf(false), reason }
  }
  const { choice, reason } = choose({ primary, solved, siblings })
  return { ...base, ...facts, choice, reason, headline: headlineFor(choice, primary) }
}

function headlineOf(isEvidence: boolean): string {
  return isEvidence ? 'Unknown' : 'No recommendation'
}

function headlineFor(choice: Choice, { other, baseline }: ContrastResult): string {
  if (choice === 'other') return `Use ${levelWords(other)}`
  if (choice === 'baseline') return `Use ${levelWords(baseline)}`
  return choice === 'either' ? 'Either' : headlineOf(choice !== 'none')
}

interface ChoiceInput {
  primary: ContrastResult
  solved: ContrastResult | undefined
  siblings: readonly ContrastResult[]
}

function choose({ primary, solved, siblings }: ChoiceInput): { choice: Choice; reason: string } {
  const { verdict, other, baseline } = primary
  if (verdict.kind === 'none') return { choice: 'unknown', reason: `No verdict: ${whyText(verdict.why)}.` }
  const [scripts, calls] = [levelWords(other), levelWords(baseline)]
  const solvedWord = wordOf(solved)
  if (solvedWord === 'better') return { choice: 'other', reason: `With ${scripts} more tasks are solved.` }
  if (solvedWord === 'worse') return { choice: 'baseline', reason: `With ${scripts} fewer tasks are solved.` }
  const cost = primary.metric === 'solved' ? cheapest(siblings) : primary
  const costWord = wordOf(cost)
  const noun = cost === undefined ? 'what it takes' : (compareMetric(cost.metric)?.noun ?? cost.metric)
  if (solvedWord === 'equivalent' || solvedWord === 'not worse') {
    const alike = solvedWord === 'equivalent' ? 'Both solve alike' : `With ${scripts} no fewer tasks are solved`
    if (costWord === 'better')
      return { choice: 'other', reason: `${alike} within the margin, and it takes less (${noun}).` }
    if (costWord === 'worse' && solvedWord === 'equivalent')
      return { choice: 'baseline', reason: `${alike} within the margin, and with ${scripts} it takes more (${noun}).` }
    if (solvedWord === 'equivalent')
      return { choice: 'either', reason: `${alike} within the margin, and no difference in ${noun} is proven.` }
  }
  const open = `Whether ${scripts} or ${calls} solve more is not decided by these trials`
  return {
    choice: 'unknown',
    reason: costWord === 'worse' ? `${open}; with ${scripts} it takes more (${noun}).` : `${open}.`,
  }
}

function cheapest(siblings: readonly ContrastResult[]): ContrastResult | undefined {
  const known = COST_METRICS.flatMap(metric => siblings.find(sibling => sibling.metric === metric) ?? [])
  return known.find(({ estimate }) => estimate !== undefined)
}

/** The word of a verdict; nothing where none is allowed. */
export function wordOf(contrast: ContrastResult | undefined): string | undefined {
  return contrast?.verdict.kind === 'verdict' ? contrast.verdict.word : undefined
}
