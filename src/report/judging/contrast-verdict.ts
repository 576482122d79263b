import type { PlayerKind } from '../../contracts/model.ts'
import type { ComparisonStatus, ContrastResult, ContrastVerdict, NoVerdictReason } from '../comparison/comparison.ts'
import type { Draft } from '../comparison/scope-drafts.ts'
import type { Judgement } from './judge.ts'
import { ALPHA } from './judge.ts'
import { noneSentence, plantedSentence, verdictSentence } from './verdict-sentence.ts'

interface VerdictInput {
  draft: Draft
  judgement: Judgement | undefined
  facts: Omit<ContrastResult, 'verdict'>
  familySize: number
  status: ComparisonStatus
  unit: 'task' | 'model'
  kinds: readonly PlayerKind[]
  isEvidence: boolean
  isLarge: boolean
  solvedMargin: number
}

/** The word of one result, or why it has none. */
export function contrastVerdict(input: VerdictInput): ContrastVerdict {
  const { draft, facts, familySize, isEvidence, judgement, kinds, status, unit } = input
  const said = { result: facts, metric: draft.metric, unit, familySize }
  const why = noVerdictReason(input)
  if (why !== undefined || judgement === undefined) {
    const reason = why ?? 'too-little-data'
    return { kind: 'none', why: reason, sentence: noneSentence(said, reason, status) }
  }
  if (!isEvidence) {
    const isRecovered = judgement.adjustedP < ALPHA
    return { kind: 'planted', isRecovered, sentence: plantedSentence(said, kinds[0], isRecovered) }
  }
  const { word } = judgement.verdict
  const { isBounded, isGateClosed } = judgement
  const sentence = verdictSentence({
    ...{ ...said, word, isBounded, isGateClosed, lost: draft.lost, solvedMargin: input.solvedMargin },
  })
  return { kind: 'verdict', word, sentence }
}

function noVerdictReason({ draft, facts, isLarge, status }: VerdictInput): NoVerdictReason | undefined {
  if (facts.interval === undefined) return 'too-little-data'
  if (draft.role === 'exploratory') return 'exploratory'
  if (!isLarge) return 'small-stratum'
  return status.kind === 'final' ? undefined : status.kind
}
