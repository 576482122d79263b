import type { ModelFailure } from '../../contracts/model.ts'
import { type FailureCodes, failureOf } from '../wire/failure-of.ts'

/** Codes and types of OpenAI's errors and of servers that speak its formats. */
const CODES: FailureCodes = {
  invalid_api_key: 'auth',
  authentication_error: 'auth',
  permission_error: 'auth',
  insufficient_quota: 'auth',
  billing_hard_limit_reached: 'auth',
  rate_limit_exceeded: 'rate-limit',
  rate_limit_error: 'rate-limit',
  tokens: 'rate-limit',
  requests: 'rate-limit',
  server_error: 'overloaded',
  internal_server_error: 'overloaded',
  overloaded_error: 'overloaded',
  server_overloaded: 'overloaded',
  context_length_exceeded: 'context-overflow',
  exceed_context_size_error: 'context-overflow',
  content_filter: 'refused',
  content_policy_violation: 'refused',
  invalid_prompt: 'refused',
  bio_policy: 'refused',
  misalignment_policy_violation: 'refused',
  invalid_request_error: 'bad-request',
}

export function openAIFailure(error: unknown, now: Date): ModelFailure {
  return failureOf(error, CODES, now)
}
