import { z } from 'zod'
import { defined } from '../../base/defined.ts'
import type { JsonObject } from '../../contracts/json.ts'
import type { ModelToolCall, Usage } from '../../contracts/model.ts'
import { MODEL_FAILURE_CLASSES } from '../../contracts/traits/model-failures.ts'
import { withCarried } from '../wire/carried.ts'
import type { AttemptResult } from '../wire/retry.ts'
import { withCallIds } from '../wire/with-call-ids.ts'

const tokens = z.number().int().nonnegative().optional()

const toolCall = z
  .strictObject({
    name: z.string().min(1),
    args: z.json().optional(),
    argumentsText: z
      .string()
      .optional()
      .describe('Raw text in place of `args`, for arguments that are not valid JSON.'),
    callId: z.string().min(1).optional(),
  })
  .refine(({ args, argumentsText }) => args === undefined || argumentsText === undefined, {
    error: 'expected args or argumentsText, not both',
  })

/** A reply as people and programs write it; the same in files of replies and in the command protocol. */
export const playedReply = z.strictObject({
  text: z.string().optional(),
  toolCalls: z.array(toolCall).optional(),
  usage: z
    .strictObject({
      inputFreshTokens: tokens,
      cacheReadTokens: tokens,
      cacheWriteTokens: tokens,
      outputTokens: tokens,
      reasoningTokens: tokens,
    })
    .optional(),
  servedModel: z.string().min(1).optional(),
  failure: z
    .strictObject({
      class: z.enum(MODEL_FAILURE_CLASSES),
      message: z.string(),
      retryAfterMs: z.number().nonnegative().optional(),
    })
    .optional()
    .describe('rate-limit, overloaded and connection are retried.'),
})

export type PlayedReply = z.infer<typeof playedReply>

/** The attempt that such a reply answers. `carried` is returned with the message, to the player of that name. */
export function attemptOf(reply: PlayedReply, player: string, carried: unknown[] = []): AttemptResult {
  const { text = '', toolCalls = [], usage, servedModel, failure } = reply
  const message = withCarried({ text, toolCalls: callsOf(toolCalls) }, player, carried, 'none')
  const facts = defined({ usage: usage && usageOf(usage), servedModel })
  if (failure === undefined) return { ok: true, message, ...facts }
  const saidSomething = text !== '' || toolCalls.length > 0
  return { ok: false, failure: defined(failure), ...(saidSomething && { message }), ...facts }
}

function callsOf(calls: NonNullable<PlayedReply['toolCalls']>): ModelToolCall[] {
  return withCallIds(
    calls.map(({ name, args, argumentsText, callId }) => ({
      callId,
      name,
      argumentsText: argumentsText ?? JSON.stringify(args ?? {}),
    })),
  )
}

function usageOf(usage: NonNullable<PlayedReply['usage']>): Usage {
  return { ...defined(usage), estimated: false, raw: usage as JsonObject }
}

/** What is wrong with a reply, for people. */
export function issueText(error: z.ZodError): string {
  const [issue] = error.issues
  return issue === undefined ? 'unreadable' : `${issue.path.join('.') || 'the reply'}: ${issue.message}`
}
