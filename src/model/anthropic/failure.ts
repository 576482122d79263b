import type { ModelFailure } from '../../contracts/model.ts'
import { type FailureCodes, failureOf } from '../wire/failure-of.ts'

/** Types of Anthropic's errors, over HTTP and in the middle of a stream. */
const CODES: FailureCodes = {
  authentication_error: 'auth',
  permission_error: 'auth',
  billing_error: 'auth',
  rate_limit_error: 'rate-limit',
  overloaded_error: 'overloaded',
  api_error: 'overloaded',
  timeout_error: 'overloaded',
  request_too_large: 'context-overflow',
  not_found_error: 'bad-request',
  invalid_request_error: 'bad-request',
}

export function anthropicFailure(error: unknown, now: Date): ModelFailure {
  return failureOf(error, CODES, now)
}
