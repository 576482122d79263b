import type { PlayerKind } from '../../contracts/model.ts'
import type { VerdictWord } from '../../statistics/verdict.ts'
import type { ComparisonStatus, ContrastResult, NoVerdictReason } from '../comparison/comparison.ts'
import type { CompareMetric } from './compare-metrics.ts'
import { detectableText, figureText, intervalText, pText } from './figure-text.ts'

export const STRATUM_TASKS_MIN = 20

export interface SentenceFacts {
  result: Omit<ContrastResult, 'verdict'>
  metric: CompareMetric
  unit: 'task' | 'model'
  /** How many p values were adjusted together. */
  familySize: number
}

/** What was seen, without any word: "a used 0.72 times the input tokens of b [0.66, 0.79], 30 tasks". */
export function seenText({ result, metric, unit }: SentenceFacts): string {
  const { estimate, interval, other, baseline, kind, tasks } = result
  if (estimate === undefined) return `${labelOf(result)}: ${metric.noun} cannot be compared`
  const range = interval === undefined ? '' : ` ${intervalText(metric, interval, estimate)}`
  const beside = interval === undefined ? [] : [interval.lower, interval.upper]
  const on = `${tasks} ${plural(unit, tasks)}`
  if (kind === 'interaction') {
    return `${other} instead of ${baseline} changes ${metric.noun} by ${figureText(metric, estimate, beside)}${range}, ${on}`
  }
  if (metric.scale === 'ratio') {
    const ratio = figureText(metric, estimate, beside).slice(1)
    const verb = metric.unit === 'USD' || metric.unit === 'ms' ? 'took' : 'used'
    return `${other} ${verb} ${ratio} times the ${metric.noun} of ${baseline}${range}, ${on}`
  }
  if (metric.unit !== 'share') {
    const figure = figureText(metric, estimate, beside)
    return `${metric.noun}, ${other} against ${baseline}: ${figure}${range}, ${on}`
  }
  const points = Math.abs(estimate * 100).toFixed(1)
  const verb = metric.key === 'solved' ? 'solved' : 'kept'
  const what = metric.key === 'solved' ? '' : ' of the clauses'
  if (Number(points) === 0) return `${other} ${verb} as many${what} as ${baseline}${range}, ${on}`
  const direction = estimate > 0 ? 'more' : 'fewer'
  return `${other} ${verb} ${points} points ${direction}${what} than ${baseline}${range}, ${on}`
}

function labelOf({ other, baseline }: Pick<ContrastResult, 'other' | 'baseline'>): string {
  return `${other} against ${baseline}`
}

export function plural(unit: string, count: number): string {
  return count === 1 ? unit : `${unit}s`
}

export interface WordFacts extends SentenceFacts {
  word: VerdictWord
  /** "Cheaper" that did not pass the second gate. */
  isGateClosed: boolean
  /** Lost trials would change the word. */
  isBounded: boolean
  lost: number
  solvedMargin: number
}

export function verdictSentence(facts: WordFacts): string {
  return `${seenText(facts)}: ${wordText(facts)}.`
}

function wordText(facts: WordFacts): string {
  const { word, result, metric, familySize, solvedMargin } = facts
  const adjusted = `p ${pText(result.adjustedP ?? 1)}, adjusted over ${familySize} ${plural('test', familySize)}`
  const margin = marginText(facts)
  if (word === 'better') {
    const gate = metric.needsSolvedGate ? `, and solved is not worse by ${pointsOf(solvedMargin)}` : ''
    return `better (${adjusted})${gate}`
  }
  if (word === 'worse') return `worse (${adjusted})`
  if (word === 'equivalent') return `equivalent, within ${margin}`
  if (word === 'not worse') return `not worse; a loss of ${margin} or more is excluded`
  return inconclusiveText(facts)
}

function inconclusiveText({ isBounded, isGateClosed, lost, result, metric, ...facts }: WordFacts): string {
  if (isBounded) {
    return `inconclusive, since the word would change with how the ${lost} lost ${plural('trial', lost)} had ended`
  }
  if (isGateClosed) {
    return `inconclusive; less, but a loss of ${pointsOf(facts.solvedMargin)} of solved tasks is not excluded, and giving up is cheap`
  }
  const detectable = detectableText(result)
  const could = detectable === undefined ? '' : `; an effect of ${detectable} had an 80 % chance to be found`
  const unadjusted =
    result.p !== undefined && result.p < 0.05
      ? ` (p ${pText(result.p)} alone, ${pText(result.adjustedP ?? 1)} adjusted over ${facts.familySize} tests)`
      : ''
  return `inconclusive${unadjusted}${could}. This does not mean equal`
}

function marginText({ result, metric }: WordFacts): string {
  const margin = result.margin ?? 0
  return metric.scale === 'ratio' ? `a factor of ${(1 + margin).toFixed(2)}` : pointsOf(margin)
}

function pointsOf(share: number): string {
  const points = Number((share * 100).toFixed(2))
  return `${points} ${plural('point', points)}`
}

export function noneSentence(facts: SentenceFacts, why: NoVerdictReason, status: ComparisonStatus): string {
  return `${seenText(facts)}. ${noneText(facts, why, status)}.`
}

function noneText({ result, unit }: SentenceFacts, why: NoVerdictReason, status: ComparisonStatus): string {
  if (why === 'small-stratum') return `No verdict on fewer than ${STRATUM_TASKS_MIN} tasks`
  if (why === 'interim' && status.kind === 'interim') {
    return `No verdict yet: ${status.missing} of ${status.planned} declared trials are missing`
  }
  if (why === 'exploratory') {
    return status.kind === 'exploratory' ? `Exploratory: ${status.reason}` : 'Exploratory: outside the declared family'
  }
  return `No verdict: ${lackText(result, unit)}`
}

function lackText({ tasks, clusters, leftOut }: SentenceFacts['result'], unit: string): string {
  const { noTrial, unknown, zero } = leftOut
  const reasons = [
    ...(noTrial > 0 ? [`${noTrial} without a scored trial in every arm`] : []),
    ...(unknown > 0 ? [`${unknown} whose figure is not known`] : []),
    ...(zero > 0 ? [`${zero} with nothing to divide by`] : []),
  ]
  const left = reasons.length === 0 ? '' : ` (left out: ${reasons.join(', ')})`
  if (tasks === 0) return `no ${unit} has a figure on both sides${left}`
  if (tasks === 1) return `one ${unit} has no spread to judge by${left}`
  if (clusters < 2) return `all ${tasks} ${unit}s are of one cluster, whose spread cannot be known${left}`
  return `all ${unit}s differ by the same, so nothing is known of their spread${left}`
}

/** Of a player that is no model. */
export function plantedSentence(facts: SentenceFacts, kind: PlayerKind | undefined, isRecovered: boolean): string {
  const what = kind === 'simulated' ? 'planted effect' : 'effect of the harness'
  const found = isRecovered ? 'recovered' : 'not recovered'
  const p = facts.result.adjustedP === undefined ? '' : ` (p ${pText(facts.result.adjustedP)})`
  return `${seenText(facts)}: ${what} ${found}${p}. No evidence about models.`
}
