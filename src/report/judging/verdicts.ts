import type { VerdictWord } from '../../statistics/hypotheses/verdict.ts'
import type { ContrastResult, NoVerdictReason } from '../comparison/comparison.ts'

interface VerdictTraits {
  /** How it is coloured. */
  tone?: 'good' | 'bad'
  /** What follows for a choice between the arms. */
  means: 'gain' | 'loss' | 'same' | 'no-loss' | 'open'
}

/** All verdicts. A new one gets a line here and one in `ENDINGS` (verdict-sentence.ts); the compiler asks for both. */
export const VERDICTS: Record<VerdictWord, VerdictTraits> = {
  better: { tone: 'good', means: 'gain' },
  worse: { tone: 'bad', means: 'loss' },
  equivalent: { means: 'same' },
  'not worse': { means: 'no-loss' },
  inconclusive: { means: 'open' },
  'no data': { means: 'open' },
}

export const VERDICT_WORDS = Object.keys(VERDICTS) as [VerdictWord, ...VerdictWord[]]

/** Why there is no verdict, in a few words. */
export const NO_VERDICT: Record<NoVerdictReason, string> = {
  'too-little-data': 'too little data',
  interim: 'interim',
  exploratory: 'exploratory',
  'small-stratum': 'fewer than 20 tasks',
}

export const NO_VERDICT_REASONS = Object.keys(NO_VERDICT) as [NoVerdictReason, ...NoVerdictReason[]]

type Judged = Pick<ContrastResult, 'verdict'>

/** A verdict in one to five words, the same in every document. */
export function verdictText({ verdict }: Judged): string {
  if (verdict.kind === 'verdict') return verdict.word
  if (verdict.kind === 'planted') return plantedText(verdict.isRecovered)
  return `none (${NO_VERDICT[verdict.why]})`
}

export function plantedText(isRecovered: boolean): string {
  return isRecovered ? 'recovered' : 'not recovered'
}

/** One token for programs: the word, or the reason why there is none. */
export function verdictToken({ verdict }: Judged): string {
  return verdict.kind === 'none' ? verdict.why : verdictText({ verdict })
}

export function verdictTone({ verdict }: Judged): VerdictTraits['tone'] {
  return verdict.kind === 'verdict' ? VERDICTS[verdict.word].tone : undefined
}

/** What follows from a verdict; nothing where none is allowed. */
export function meaningOf(result: Judged | undefined): VerdictTraits['means'] | undefined {
  return result?.verdict.kind === 'verdict' ? VERDICTS[result.verdict.word].means : undefined
}
