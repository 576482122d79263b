import type { OutputConfig, ThinkingConfigParam } from '@anthropic-ai/sdk/resources/messages'
import { UserError } from '../../contracts/errors.ts'

const BUDGET_TOKENS_MIN = 1_024

/** Tokens of thinking for each word of effort, on models that take a budget. */
const BUDGET_TOKENS: Readonly<Record<string, number>> = {
  minimal: 1_024,
  low: 4_096,
  medium: 10_240,
  high: 24_576,
  xhigh: 32_768,
  max: 49_152,
}

/**
 * Models before Claude 4.6 think by a token budget; later ones refuse budgets and take an effort
 * (https://platform.claude.com/docs/en/build-with-claude/extended-thinking). Unknown models are treated as later ones.
 */
const THINKS_BY_BUDGET = /claude-3|claude-(opus|sonnet|haiku)-4(-[0-5])?(?=$|[-@:]\d{8}|@)/

export interface Thinking {
  thinking?: ThinkingConfigParam
  output_config?: OutputConfig
}

/** The request's fields for an effort: a word, `none`, or a number of tokens. No effort leaves the model's default. */
export function anthropicThinking(effort: string | undefined, model: string, tokensMax: number): Thinking {
  if (effort === undefined) return {}
  if (effort === 'none') return { thinking: { type: 'disabled' } }
  const isNumber = /^\d+$/.test(effort)
  if (!isNumber && !THINKS_BY_BUDGET.test(model)) {
    return { thinking: { type: 'adaptive' }, output_config: { effort: effort as 'medium' } }
  }
  const asked = isNumber ? Number(effort) : BUDGET_TOKENS[effort]
  if (asked === undefined) {
    const known = ['none', ...Object.keys(BUDGET_TOKENS)].join(', ')
    throw new UserError(
      'suite-invalid',
      `anthropic/${model}: reasoningEffort: '${effort}' is not an effort; expected one of ${known}, or a number of tokens.`,
    )
  }
  // Thinking counts towards the output, which must leave room for the answer.
  const budgetTokens = Math.min(asked, tokensMax - BUDGET_TOKENS_MIN)
  if (budgetTokens < BUDGET_TOKENS_MIN) {
    throw new UserError(
      'suite-invalid',
      `anthropic/${model}: reasoningEffort '${effort}' needs a budget of at least ${BUDGET_TOKENS_MIN} tokens, and as many for the answer, ` +
        `but maxOutputTokens is ${tokensMax}. Raise maxOutputTokens to ${2 * BUDGET_TOKENS_MIN} or more, or use reasoningEffort: none.`,
    )
  }
  return { thinking: { type: 'enabled', budget_tokens: budgetTokens } }
}
