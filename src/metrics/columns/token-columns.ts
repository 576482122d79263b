import type { Column } from './column.ts'

const UNKNOWN_BUCKET = 'a billed reply did not report it, or there was no reply'

/** Tokens, bytes, money. Buckets are sums over every billed reply, malformed and cut-off ones included. */
export const TOKEN_COLUMNS = [
  {
    name: 'input_tokens_fresh',
    key: 'inputTokensFresh',
    unit: 'tokens',
    meaning: 'Input that was neither read from nor written to a cache.',
    emptyWhen: UNKNOWN_BUCKET,
  },
  {
    name: 'cache_read_tokens',
    key: 'cacheReadTokens',
    unit: 'tokens',
    meaning: 'Input that the provider took from its cache.',
    emptyWhen: UNKNOWN_BUCKET,
  },
  {
    name: 'cache_write_tokens',
    key: 'cacheWriteTokens',
    unit: 'tokens',
    meaning: 'Input that the provider wrote to its cache.',
    emptyWhen: UNKNOWN_BUCKET,
  },
  {
    name: 'output_tokens',
    key: 'outputTokens',
    unit: 'tokens',
    meaning: 'Everything the model wrote, reasoning included.',
    emptyWhen: UNKNOWN_BUCKET,
  },
  {
    name: 'reasoning_tokens',
    key: 'reasoningTokens',
    unit: 'tokens',
    meaning: 'The part of output_tokens that was reasoning.',
    emptyWhen: UNKNOWN_BUCKET,
  },
  {
    name: 'reasoning_carried',
    key: 'reasoningCarried',
    unit: 'text',
    meaning: 'Whether earlier reasoning went back verbatim: yes (with every request that had some), no, or partly.',
    emptyWhen: 'there was no reasoning to carry',
  },
  {
    name: 'tokens_estimated',
    key: 'tokensEstimated',
    unit: 'yes/no',
    meaning: 'Whether a tokenizer estimated at least one reply because the endpoint reported no usage.',
    emptyWhen: 'no reply had usage',
  },
  {
    name: 'tool_definition_tokens',
    key: 'toolDefinitionTokens',
    unit: 'tokens',
    meaning: 'Estimated size of the tools’ descriptions in one request.',
  },
  {
    name: 'reinjected_copies',
    key: 'reinjectedCopies',
    unit: 'count',
    meaning: 'Copies of the user prompt (or placebos), summed over all requests that carried them.',
  },
  {
    name: 'reinjected_tokens',
    key: 'reinjectedTokens',
    unit: 'tokens',
    meaning: 'Estimated size of these copies, summed over all requests.',
  },
  {
    name: 'prompt_distance_tokens_max',
    key: 'promptDistanceTokensMax',
    unit: 'tokens',
    meaning:
      'The largest estimated distance from the nearest copy of the newest user prompt to the point of generation: a check that reinjection works, not an outcome.',
    emptyWhen: 'nothing was requested',
  },
  {
    name: 'context_tokens_peak',
    key: 'contextTokensPeak',
    unit: 'tokens',
    meaning: 'Estimated size of the largest request.',
    emptyWhen: 'nothing was requested',
  },
  {
    name: 'observation_tokens_cut',
    key: 'observationTokensCut',
    unit: 'tokens',
    meaning: 'Estimated size of what was cut from observations by the turn’s budget.',
  },
  {
    name: 'bytes_from_tools',
    key: 'bytesFromTools',
    unit: 'bytes',
    meaning: 'JSON size of everything the tools returned, to the model or to a script.',
  },
  {
    name: 'bytes_into_context',
    key: 'bytesIntoContext',
    unit: 'bytes',
    meaning: 'Size of all observations. What scripts kept out of the context is the difference to bytes_from_tools.',
  },
  {
    name: 'cost_usd',
    key: 'costUsd',
    unit: 'USD',
    meaning: 'As billed: each bucket times its price.',
    emptyWhen: 'the suite has no price for the model or for a bucket in use, or input or output is unknown',
  },
] as const satisfies readonly Column[]
