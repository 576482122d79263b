import type { ModelPrices } from '../contracts/model.ts'
import { parseModelSpec } from './parse-model-spec.ts'

type Row = [input: number, cacheRead: number, cacheWrite: number, output: number, source: string]

const READ_ON = '2026-11-22'
const CLAUDE = 'https://platform.claude.com/docs/en/about-claude/pricing'
const CLAUDE_MODELS = 'https://platform.claude.com/docs/en/models'
const OPENAI_MODELS = 'https://developers.openai.com/api/docs/models'

/**
 * USD per million tokens at the standard rate, as published on the providers' own pages on the date above. Models
 * without a single price are left out: priced by prompt length from the first token on, or with sources that disagree.
 * OpenAI doubles input and cache prices beyond 272,000 input tokens per request. Anthropic's cache writes last 5 minutes.
 */
const PRICES: Readonly<Record<string, Row>> = {
  'anthropic/claude-fable-5': [10, 1, 12.5, 50, CLAUDE],
  'anthropic/claude-fable-5-1': [10, 0.25, 12.5, 50, CLAUDE],
  'anthropic/claude-opus-5-5': [4, 0.2, 5, 20, `${CLAUDE_MODELS}/opus-5-5/overview`],
  'anthropic/claude-opus-5': [5, 0.5, 6.25, 25, CLAUDE],
  'anthropic/claude-opus-4-8': [5, 0.5, 6.25, 25, CLAUDE],
  'anthropic/claude-opus-4-7': [5, 0.5, 6.25, 25, CLAUDE],
  'anthropic/claude-opus-4-6': [5, 0.5, 6.25, 25, CLAUDE],
  'anthropic/claude-opus-4-5': [5, 0.5, 6.25, 25, CLAUDE],
  'anthropic/claude-sonnet-5': [2, 0.2, 2.5, 10, `${CLAUDE_MODELS}/sonnet-5/overview`],
  'anthropic/claude-sonnet-4-6': [3, 0.3, 3.75, 15, CLAUDE],
  'anthropic/claude-sonnet-4-5': [3, 0.3, 3.75, 15, CLAUDE],
  'anthropic/claude-haiku-4-5': [1, 0.1, 1.25, 5, CLAUDE],
  'openai/gpt-6.2-sol': [2, 0.1, 2.5, 10, `${OPENAI_MODELS}/gpt-6.2-sol`],
  'openai/gpt-6-sol': [2, 0.2, 2.5, 10, `${OPENAI_MODELS}/gpt-6-sol`],
  'openai/gpt-5.6-terra': [2, 0.2, 2.5, 12, `${OPENAI_MODELS}/gpt-5.6-terra`],
}

/** A pinned snapshot costs what its model costs. */
const SNAPSHOT = /-(\d{8}|\d{4}-\d{2}-\d{2})$/

/** The published price behind a spec; undefined when it is uncertain. */
export function publishedPrices(spec: string): ModelPrices | undefined {
  if (!parseModelSpec(spec).ok) return undefined
  const name = spec.replace(SNAPSHOT, '')
  const row = Object.hasOwn(PRICES, name) ? PRICES[name] : undefined
  if (row === undefined) return undefined
  const [inputPerMillion, cacheReadPerMillion, cacheWritePerMillion, outputPerMillion, source] = row
  return { inputPerMillion, cacheReadPerMillion, cacheWritePerMillion, outputPerMillion, source, date: READ_ON }
}
