import { digestOf } from '../../base/digest.ts'

export interface TrialIdentity {
  /** Distinguishes this start of a run from every other; see `RunContext.run`. */
  run: string
  trial: string
  /** 1 for the first attempt: a retry must not read what the failed attempt wrote to a provider's cache. */
  attempt: number
}

/** 18 digits are six tokens in o200k and in every tokenizer that reads digits one by one or in threes. */
const DIGITS = 18n

/**
 * Digits that make a trial's first bytes its own, so that trials share no prefix cache. Digits only, so that every
 * nonce has as many tokens as any other: letters merge with their neighbours, so token counts would depend on chance.
 */
export function trialNonce({ run, trial, attempt }: TrialIdentity): string {
  const digest = BigInt(`0x${digestOf([run, trial, attempt])}`)
  return String(digest % 10n ** DIGITS).padStart(Number(DIGITS), '0')
}
