import { defined } from '../../base/defined.ts'
import type { Comparison, ComparisonScope, ContrastResult, SlopeResult } from '../comparison/comparison.ts'
import { compareMetric } from './compare-metrics.ts'
import { levelWords, takesText } from './level-words.ts'
import { meaningOf, NO_VERDICT } from './verdicts.ts'

/** What to do, for one model. `none`: the player is not a model, or there is nothing to choose between. */
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

/** Amounts that can decide between arms that solve equally well; the first known one is used. */
const COST_METRICS = ['costUsd', 'inputTokens', 'turns', 'workingMs']

/**
 * Solved decides; where both arms solve equally well within the declared margin, what they use does. Everything comes
 * from the verdicts of the comparison: no figure is judged here.
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
    ...defined({ slope }),
  }
  if (!scope.isEvidence) {
    const reason = 'The player is not a model, so this does not show which mode a model should use.'
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
  if (verdict.kind === 'none') return { choice: 'unknown', reason: `No verdict: ${NO_VERDICT[verdict.why]}.` }
  const cost = primary.metric === 'solved' ? cheapest(siblings) : primary
  const metric = cost && compareMetric(cost.metric)
  const takes = (more: 'more' | 'less') => (metric === undefined ? '' : takesText(other, metric, more))
  const spent = meaningOf(cost)
  const solves = meaningOf(solved)
  const scripts = levelWords(other)
  if (solves === 'gain') return { choice: 'other', reason: `More tasks are solved with ${scripts}.` }
  if (solves === 'loss') return { choice: 'baseline', reason: `Fewer tasks are solved with ${scripts}.` }
  if (solves === 'same') {
    const alike = 'Both solve tasks equally well within the margin, and'
    if (spent === 'gain') return { choice: 'other', reason: `${alike} ${takes('less')}.` }
    if (spent === 'loss') return { choice: 'baseline', reason: `${alike} ${takes('more')}.` }
    return { choice: 'either', reason: `${alike} no difference in ${metric?.noun ?? 'cost'} is proven.` }
  }
  if (solves === 'no-loss' && spent === 'gain') {
    return { choice: 'other', reason: `A loss of solved tasks beyond the margin is excluded, and ${takes('less')}.` }
  }
  const open = `These trials do not decide whether more tasks are solved with ${scripts} or with ${levelWords(baseline)}`
  return { choice: 'unknown', reason: spent === 'loss' ? `${open}; ${takes('more')}.` : `${open}.` }
}

function cheapest(siblings: readonly ContrastResult[]): ContrastResult | undefined {
  const known = COST_METRICS.flatMap(metric => siblings.find(sibling => sibling.metric === metric) ?? [])
  return known.find(({ estimate }) => estimate !== undefined)
}
