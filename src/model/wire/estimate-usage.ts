import type { JsonValue } from '../../contracts/json.ts'
import type { AssistantMessage, ModelRequest, Usage } from '../../contracts/model.ts'
import type { TokenCounter } from '../../contracts/tokens.ts'
import { joinParts } from './join-parts.ts'

/** Counts what an endpoint did not report. All input counts as fresh: a tokenizer cannot see caches. */
export function estimateUsage(
  request: ModelRequest,
  message: AssistantMessage | undefined,
  { countTokens, raw }: { countTokens: TokenCounter; raw: JsonValue },
): Usage {
  const texts = [request.system, ...request.tools.map(tool => JSON.stringify(tool))]
  for (const sent of request.messages) {
    if (sent.role === 'user') texts.push(joinParts(sent.parts))
    else if (sent.role === 'tool') texts.push(...sent.results.map(result => joinParts(result.parts)))
    else texts.push(saidText(sent))
  }
  const inputFreshTokens = texts.reduce((sum, text) => sum + countTokens(text), 0)
  const outputTokens = message === undefined ? 0 : countTokens(saidText(message))
  return { inputFreshTokens, outputTokens, estimated: true, raw }
}

function saidText(message: AssistantMessage): string {
  return [message.text, ...message.toolCalls.map(call => `${call.name} ${call.argumentsText}`)].join('\n')
}
