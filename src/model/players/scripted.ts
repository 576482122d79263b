import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import { errorText } from '../../base/error-text.ts'
import { seededRandom } from '../../base/random.ts'
import type { Clock } from '../../contracts/clock.ts'
import { UserError } from '../../contracts/errors.ts'
import type { ModelProvider } from '../../contracts/model.ts'
import { redact } from '../wire/redact.ts'
import { type AttemptResult, withRetries } from '../wire/retry.ts'
import { attemptOf, issueText, type PlayedReply, playedReply } from './played-reply.ts'

const SCRIPTED = 'scripted'
/** A reply without any action, which ends the agent's part. */
const LAST: PlayedReply = { text: 'The script has ended.' }

export interface ScriptedOptions {
  spec: string
  /** An absolute path. */
  file: string
  clock: Clock
}

/**
 * Plays a file's replies in order; each trial starts with the first. A failure that is retried is one attempt; the next
 * attempt gets the next reply.
 */
export function createScriptedProvider({ spec, file, clock }: ScriptedOptions): ModelProvider {
  const replies = readReplies(file)
  const played = new Map<string, number>()
  return {
    spec,
    playerKind: 'scripted',
    ask({ cacheKey, messages }, asked) {
      const attempt = async (): Promise<AttemptResult> => {
        const index = played.get(cacheKey) ?? 0
        played.set(cacheKey, index + 1)
        return attemptOf(replies[index] ?? LAST, SCRIPTED)
      }
      return withRetries(attempt, { clock, random: seededRandom(`${cacheKey}:${messages.length}`), ...asked })
    },
  }
}

function readReplies(file: string): PlayedReply[] {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const reason = errorText(error)
    throw new UserError('file-not-found', `model 'scripted/…': the file of replies cannot be read: ${reason}`)
  }
  let content: unknown
  try {
    content = parse(text)
  } catch (error) {
    const reason = redact(errorText(error), [])
    throw new UserError('suite-invalid', `${file}: neither YAML nor JSON: ${reason}`)
  }
  const replies = z.array(playedReply).safeParse(content ?? [])
  if (replies.success) return replies.data
  throw new UserError(
    'suite-invalid',
    `${file}: ${issueText(replies.error)}. Expected a list of replies, each {text?, toolCalls?: [{name, args}], usage?, failure?: {class, message}}.`,
  )
}
