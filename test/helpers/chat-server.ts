import {
  argumentsTextOf,
  type Handler,
  type NeutralReply,
  piecesOf,
  type RecordedRequest,
  type SseEvent,
  startWireServer,
  USAGE,
  type WireFormat,
} from './wire-server.ts'

function finishReason({ stop, toolCalls = [] }: NeutralReply): string {
  if (stop === 'length') return 'length'
  if (stop === 'filter') return 'content_filter'
  return toolCalls.length > 0 ? 'tool_calls' : 'stop'
}

function callsOf(reply: NeutralReply, n: number) {
  return (reply.toolCalls ?? []).map(({ name, args, id }, index) => ({
    ...(id !== null && { id: id ?? `call_${n}_${index}` }),
    type: 'function',
    function: { name, arguments: argumentsTextOf(args) },
  }))
}

function usageOf({ usage = USAGE }: NeutralReply): object | undefined {
  if (usage === 'none') return undefined
  const prompt = usage.inputFreshTokens + usage.cacheReadTokens + usage.cacheWriteTokens
  return {
    prompt_tokens: prompt,
    completion_tokens: usage.outputTokens,
    total_tokens: prompt + usage.outputTokens,
    prompt_tokens_details: { cached_tokens: usage.cacheReadTokens, cache_write_tokens: usage.cacheWriteTokens },
    completion_tokens_details: { reasoning_tokens: usage.reasoningTokens },
  }
}

function head(reply: NeutralReply, request: RecordedRequest, n: number) {
  return { id: `chatcmpl-${n}`, created: 1_780_000_000, model: reply.model ?? `${request.body.model}-2026-01-01` }
}

function completionOf(reply: NeutralReply, request: RecordedRequest, n: number): object {
  const calls = callsOf(reply, n)
  const isRefusal = reply.stop === 'refusal'
  const message = {
    role: 'assistant',
    content: isRefusal ? null : (reply.text ?? null),
    refusal: isRefusal ? (reply.text ?? 'I cannot help with that.') : null,
    ...(reply.reasoning && { reasoning_content: reply.reasoning }),
    ...(calls.length > 0 && { tool_calls: calls }),
  }
  return {
    ...head(reply, request, n),
    object: 'chat.completion',
    choices: [{ index: 0, message, logprobs: null, finish_reason: finishReason(reply) }],
    usage: usageOf(reply),
  }
}

function eventsOf(reply: NeutralReply, request: RecordedRequest, n: number): SseEvent[] {
  const said = reply.stop === 'refusal' ? 'refusal' : 'content'
  const deltas: object[] = [{ role: 'assistant', content: '' }]
  for (const piece of piecesOf(reply.reasoning ?? '')) deltas.push({ reasoning_content: piece })
  for (const piece of piecesOf(reply.text ?? '')) deltas.push({ [said]: piece })
  for (const [index, call] of callsOf(reply, n).entries()) {
    const { name, arguments: args } = call.function
    deltas.push({ tool_calls: [{ index, ...call, function: { name, arguments: '' } }] })
    for (const piece of piecesOf(args)) deltas.push({ tool_calls: [{ index, function: { arguments: piece } }] })
  }
  const chunk = (choices: object[], usage?: object) => ({
    data: { ...head(reply, request, n), object: 'chat.completion.chunk', choices, usage: usage ?? null },
  })
  const usage = request.body.stream_options?.include_usage ? usageOf(reply) : undefined
  return [
    ...deltas.map(delta => chunk([{ index: 0, delta, finish_reason: null }])),
    chunk([{ index: 0, delta: {}, finish_reason: finishReason(reply) }]),
    ...(usage ? [chunk([], usage)] : []),
    { data: '[DONE]' },
  ]
}

function errorOf({ status = 500, error = {} }: NeutralReply): object {
  return { error: { message: `server says ${status}`, type: 'api_error', param: null, code: null, ...error } }
}

const FORMAT: WireFormat = {
  path: '/v1/chat/completions',
  basePath: '/v1',
  whole: completionOf,
  events: eventsOf,
  error: errorOf,
}

/** Chat Completions on a loopback port; `url` goes behind the @ of an `openai-compatible/…` spec. */
export const startChatServer = (handler: Handler) => startWireServer(FORMAT, handler)
