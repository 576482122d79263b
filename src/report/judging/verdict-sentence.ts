import { playerTraits } from '../../base/models/player-kind.ts'
import type { PlayerKind } from '../../contracts/model.ts'
import type { VerdictWord } from '../../statistics/hypotheses/verdict.ts'
import type { ComparisonStatus, ContrastResult, NoVerdictReason } from '../comparison/comparison.ts'
import type { CompareMetric } from './compare-metrics.ts'
import { adjustedText, counted, detectableText, figureText, intervalText, pointsOf, pText } from './figure-text.ts'
import { plantedText } from './verdicts.ts'

export const STRATUM_TASKS_MIN = 20

type Seen = Pick<ContrastResult, 'estimate' | 'interval' | 'other' | 'baseline' | 'kind' | 'tasks'>

export interface SeenFacts {
  result: Seen
  metric: CompareMetric
  unit: 'task' | 'model'
}

export interface SentenceFacts extends SeenFacts {
  result: Omit<ContrastResult, 'verdict'>
  /** How many p values were adjusted together. */
  familySize: number
}

/** What was seen, without any verdict: "a used 0.72 times the input tokens of b [0.66, 0.79], 30 tasks". */
export function seenText({ result, metric, unit }: SeenFacts): string {
  const { estimate, interval, other, baseline, kind, tasks } = result
  if (estimate === undefined) return `${other} against ${baseline}: ${metric.noun} cannot be compared`
  const range = interval === undefined ? '' : ` ${intervalText(metric, interval, estimate)}`
  const bounds = interval === undefined ? [] : [interval.lower, interval.upper]
  const figure = figureText(metric, estimate, bounds)
  const after = `${range}, ${counted(tasks, unit)}`
  if (kind === 'interaction') return `${other} instead of ${baseline} changes ${metric.noun} by ${figure}${after}`
  if (metric.scale === 'ratio') {
    const verb = metric.unit === 'USD' || metric.unit === 'ms' ? 'took' : 'used'
    return `${other} ${verb} ${figure.slice(1)} times the ${metric.noun} of ${baseline}${after}`
  }
  if (metric.unit !== 'share') return `${metric.noun}, ${other} against ${baseline}: ${figure}${after}`
  const [verb, what] = metric.key === 'solved' ? ['solved', 'tasks'] : ['kept', 'clauses']
  const points = Math.abs(estimate * 100).toFixed(1)
  if (Number(points) === 0) return `${other} ${verb} as many ${what} as ${baseline}${after}`
  const direction = estimate > 0 ? 'more' : 'fewer'
  return `${other} ${verb} ${points} points ${direction} ${what} than ${baseline}${after}`
}

export interface WordFacts extends SentenceFacts {
  word: VerdictWord
  /** "Cheaper" that did not pass the second gate. */
  isGateClosed: boolean
  /** How the failed trials would have ended decides the verdict. */
  isBounded: boolean
  lost: number
  solvedMargin: number
}

export function verdictSentence(facts: WordFacts): string {
  return `${seenText(facts)}: ${ENDINGS[facts.word](facts)}.`
}

const ENDINGS: Record<VerdictWord, (facts: WordFacts) => string> = {
  better: facts => {
    const gate = `, and a loss of ${pointsOf(facts.solvedMargin)} or more of solved tasks is excluded`
    return `better (${adjusted(facts)})${facts.metric.needsSolvedGate ? gate : ''}`
  },
  worse: facts => `worse (${adjusted(facts)})`,
  equivalent: facts => `equivalent within ${marginText(facts)}`,
  'not worse': facts => `not worse: a loss of ${marginText(facts)} or more is excluded`,
  inconclusive: inconclusiveText,
  'no data': inconclusiveText,
}

function adjusted({ result, familySize }: SentenceFacts): string {
  return adjustedText(result.adjustedP ?? 1, familySize)
}

function inconclusiveText(facts: WordFacts): string {
  const { isBounded, isGateClosed, lost, result } = facts
  if (isBounded) return `inconclusive, ${boundedText(lost)}`
  if (isGateClosed) {
    return `inconclusive: lower, but a loss of ${pointsOf(facts.solvedMargin)} of solved tasks is not excluded, and giving up early is cheap`
  }
  const detectable = detectableText(result)
  const could = detectable === undefined ? '' : `; an effect of ${detectable} had an 80 % chance to be detected`
  const isNearly = result.p !== undefined && result.p < 0.05
  const p = isNearly ? ` (p ${pText(result.p ?? 1)}, ${adjusted(facts)})` : ''
  return `inconclusive${p}${could}. Inconclusive does not mean equal`
}

/** Why failed trials leave it open; the same words in a comparison and in a gate. */
export function boundedText(failed?: number): string {
  const which = failed === undefined ? 'the failed trials' : `the ${counted(failed, 'failed trial')}`
  return `since the verdict depends on how ${which} would have ended`
}

function marginText({ result, metric }: WordFacts): string {
  const margin = result.margin ?? 0
  return metric.scale === 'ratio' ? `a factor of ${(1 + margin).toFixed(2)}` : pointsOf(margin)
}

export function noneSentence(facts: SentenceFacts, why: NoVerdictReason, status: ComparisonStatus): string {
  return `${seenText(facts)}. ${NONE_ENDINGS[why](facts, status)}.`
}

const NONE_ENDINGS: Record<NoVerdictReason, (facts: SentenceFacts, status: ComparisonStatus) => string> = {
  'small-stratum': () => `No verdict on fewer than ${STRATUM_TASKS_MIN} tasks`,
  interim: (_, status) => {
    const missing =
      status.kind === 'interim' ? `: ${status.missing} of ${status.planned} declared trials are missing` : ''
    return `No verdict yet${missing}`
  },
  exploratory: (_, status) => {
    return status.kind === 'exploratory' ? `Exploratory: ${status.reason}` : 'Exploratory: outside the declared family'
  },
  'too-little-data': ({ result, unit }) => `No verdict: ${lackText(result, unit)}`,
}

/** Why nothing is known of the spread; the same words in a comparison and in a gate. */
export function lackText(
  { tasks, clusters, leftOut }: Pick<ContrastResult, 'tasks' | 'clusters' | 'leftOut'>,
  unit: string,
): string {
  const { noTrial, unknown, zero } = leftOut
  const reasons = [
    ...(noTrial > 0 ? [`${noTrial} without a scored trial in every arm`] : []),
    ...(unknown > 0 ? [`${unknown} with an unknown value`] : []),
    ...(zero > 0 ? [`${zero} with nothing to divide by`] : []),
  ]
  const left = reasons.length === 0 ? '' : ` (left out: ${reasons.join(', ')})`
  if (tasks === 0) return `no ${unit} has a value on both sides${left}`
  if (tasks === 1) return `the spread over ${unit}s is unknown with a single ${unit}${left}`
  if (clusters < 2) return `all ${tasks} ${unit}s are of one cluster, so their spread is unknown${left}`
  return `all ${unit}s differ by the same amount, so their spread is unknown${left}`
}

/** The sentence for a player that is not a model. */
export function plantedSentence(facts: SentenceFacts, kind: PlayerKind | undefined, isRecovered: boolean): string {
  const what = kind !== undefined && playerTraits(kind).hasPlantedEffect ? 'planted effect' : 'effect of the harness'
  const p = facts.result.adjustedP === undefined ? '' : ` (${adjusted(facts)})`
  return `${seenText(facts)}: ${what} ${plantedText(isRecovered)}${p}. No evidence about models.`
}
