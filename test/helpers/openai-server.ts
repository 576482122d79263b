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

function outputOf(reply: NeutralReply, n: number): Record<string, unknown>[] {
  const output: Record<string, unknown>[] = []
  if (reply.reasoning) {
    const summary = [{ type: 'summary_text', text: reply.reasoning }]
    output.push({ id: `rs_${n}`, type: 'reasoning', summary, encrypted_content: `sealed:${reply.reasoning}` })
  }
  const refusal = { type: 'refusal', refusal: reply.text || 'I cannot help with that.' }
  const said = { type: 'output_text', text: reply.text, annotations: [], logprobs: [] }
  const status = reply.stop === 'length' ? 'incomplete' : 'completed'
  if (reply.text || reply.stop === 'refusal') {
    const content = [reply.stop === 'refusal' ? refusal : said]
    output.push({ id: `msg_${n}`, type: 'message', role: 'assistant', status, content })
  }
  for (const [index, { name, args, id }] of (reply.toolCalls ?? []).entries()) {
    const callId = id ?? `call_${n}_${index}`
    output.push({
      id: `fc_${n}_${index}`,
      type: 'function_call',
      status,
      call_id: callId,
      name,
      arguments: argumentsTextOf(args),
    })
  }
  return output
}

function usageOf({ usage = USAGE }: NeutralReply): object | null {
  if (usage === 'none') return null
  const input = usage.inputFreshTokens + usage.cacheReadTokens + usage.cacheWriteTokens
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: usage.cacheReadTokens, cache_write_tokens: usage.cacheWriteTokens },
    output_tokens: usage.outputTokens,
    output_tokens_details: { reasoning_tokens: usage.reasoningTokens },
    total_tokens: input + usage.outputTokens,
  }
}

function responseOf(reply: NeutralReply, request: RecordedRequest, n: number): Record<string, unknown> {
  const reasons: Record<string, string> = { length: 'max_output_tokens', filter: 'content_filter' }
  const reason = reasons[reply.stop ?? '']
  return {
    id: `resp_${n}`,
    object: 'response',
    created_at: 1_780_000_000,
    status: reason ? 'incomplete' : 'completed',
    error: null,
    incomplete_details: reason ? { reason } : null,
    model: reply.model ?? `${request.body.model}-2026-01-01`,
    output: outputOf(reply, n),
    parallel_tool_calls: request.body.parallel_tool_calls ?? true,
    usage: usageOf(reply),
  }
}

function eventsOf(reply: NeutralReply, request: RecordedRequest, n: number): SseEvent[] {
  const response = responseOf(reply, request, n)
  const started = { ...response, status: 'in_progress', output: [], usage: null, incomplete_details: null }
  const bodies: Record<string, unknown>[] = [
    { type: 'response.created', response: started },
    { type: 'response.in_progress', response: started },
  ]
  for (const [index, item] of outputOf(reply, n).entries()) {
    const at = { output_index: index, item_id: item.id }
    bodies.push({ type: 'response.output_item.added', output_index: index, item: { ...item, status: 'in_progress' } })
    if (item.type === 'message') {
      for (const delta of piecesOf(reply.text ?? ''))
        bodies.push({ type: 'response.output_text.delta', ...at, content_index: 0, delta })
    }
    if (item.type === 'function_call') {
      for (const delta of piecesOf(String(item.arguments)))
        bodies.push({ type: 'response.function_call_arguments.delta', ...at, delta })
    }
    bodies.push({ type: 'response.output_item.done', output_index: index, item })
  }
  bodies.push({ type: response.status === 'completed' ? 'response.completed' : 'response.incomplete', response })
  return bodies.map((body, sequence) => ({ event: String(body.type), data: { ...body, sequence_number: sequence } }))
}

function errorOf({ status = 500, error = {} }: NeutralReply): object {
  const type = status === 429 ? 'requests' : status >= 500 ? 'server_error' : 'invalid_request_error'
  return { error: { message: `server says ${status}`, type, param: null, code: null, ...error } }
}

const FORMAT: WireFormat = {
  path: '/v1/responses',
  basePath: '/v1',
  whole: responseOf,
  events: eventsOf,
  error: errorOf,
}

/** OpenAI's Responses API on a loopback port; `url` goes into OPENAI_BASE_URL. */
export const startOpenAIServer = (handler: Handler) => startWireServer(FORMAT, handler)
