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

const STOP_REASONS: Record<string, string> = {
  length: 'max_tokens',
  refusal: 'refusal',
  filter: 'refusal',
  context: 'model_context_window_exceeded',
}

function stopReason({ stop, toolCalls = [] }: NeutralReply): string {
  return STOP_REASONS[stop ?? ''] ?? (toolCalls.length > 0 ? 'tool_use' : 'end_turn')
}

function parsed(args: unknown): unknown {
  try {
    return typeof args === 'string' ? JSON.parse(args) : args
  } catch {
    return {}
  }
}

function contentOf(reply: NeutralReply, n: number): Record<string, unknown>[] {
  const content: Record<string, unknown>[] = []
  if (reply.reasoning)
    content.push({ type: 'thinking', thinking: reply.reasoning, signature: `sealed:${reply.reasoning}` })
  if (reply.text) content.push({ type: 'text', text: reply.text, citations: null })
  for (const [index, { name, args, id }] of (reply.toolCalls ?? []).entries()) {
    content.push({ type: 'tool_use', id: id ?? `toolu_${n}_${index}`, name, input: parsed(args) })
  }
  return content
}

function usageOf({ usage = USAGE }: NeutralReply): Record<string, unknown> {
  if (usage === 'none') return {}
  return {
    input_tokens: usage.inputFreshTokens,
    cache_read_input_tokens: usage.cacheReadTokens,
    cache_creation_input_tokens: usage.cacheWriteTokens,
    cache_creation: { ephemeral_5m_input_tokens: usage.cacheWriteTokens, ephemeral_1h_input_tokens: 0 },
    output_tokens: usage.outputTokens,
    output_tokens_details: { thinking_tokens: usage.reasoningTokens },
    service_tier: 'standard',
  }
}

function messageOf(reply: NeutralReply, request: RecordedRequest, n: number): Record<string, unknown> {
  const isRefusal = stopReason(reply) === 'refusal'
  return {
    id: `msg_${n}`,
    type: 'message',
    role: 'assistant',
    model: reply.model ?? `${request.body.model}-20260101`,
    content: contentOf(reply, n),
    stop_reason: stopReason(reply),
    stop_sequence: null,
    stop_details: isRefusal ? { type: 'refusal', category: 'cyber', explanation: 'declined by policy' } : null,
    usage: usageOf(reply),
  }
}

function blockEvents(
  block: Record<string, unknown>,
  index: number,
  args: string | undefined,
): Record<string, unknown>[] {
  const delta = (delta: object) => ({ type: 'content_block_delta', index, delta })
  const start = (content_block: object) => ({ type: 'content_block_start', index, content_block })
  const stop = { type: 'content_block_stop', index }
  if (block.type === 'thinking') {
    const pieces = piecesOf(String(block.thinking)).map(thinking => delta({ type: 'thinking_delta', thinking }))
    const signature = delta({ type: 'signature_delta', signature: block.signature })
    return [start({ ...block, thinking: '', signature: '' }), ...pieces, signature, stop]
  }
  if (block.type === 'text') {
    const pieces = piecesOf(String(block.text)).map(text => delta({ type: 'text_delta', text }))
    return [start({ ...block, text: '' }), ...pieces, stop]
  }
  const pieces = ['', ...piecesOf(args ?? '')].map(partial_json => delta({ type: 'input_json_delta', partial_json }))
  return [start({ ...block, input: {} }), ...pieces, stop]
}

function eventsOf(reply: NeutralReply, request: RecordedRequest, n: number): SseEvent[] {
  const message = messageOf(reply, request, n)
  const content = contentOf(reply, n)
  const firstCall = content.findIndex(({ type }) => type === 'tool_use')
  const { output_tokens, output_tokens_details, ...input } = usageOf(reply)
  const started = { ...message, content: [], stop_reason: null, stop_details: null }
  const delta = { stop_reason: message.stop_reason, stop_sequence: null, stop_details: message.stop_details }
  const isCounted = output_tokens !== undefined
  const bodies = [
    { type: 'message_start', message: { ...started, usage: isCounted ? { ...input, output_tokens: 1 } : {} } },
    { type: 'ping' },
    ...content.flatMap((block, index) => {
      const call = reply.toolCalls?.[index - firstCall]
      return blockEvents(block, index, block.type === 'tool_use' && call ? argumentsTextOf(call.args) : undefined)
    }),
    { type: 'message_delta', delta, usage: isCounted ? { output_tokens, output_tokens_details } : {} },
    { type: 'message_stop' },
  ]
  return bodies.map(body => ({ event: body.type as string, data: body }))
}

const ERROR_TYPES: Record<number, string> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  529: 'overloaded_error',
}

function errorOf({ status = 500, error = {} }: NeutralReply): object {
  const type = ERROR_TYPES[status] ?? 'api_error'
  return { type: 'error', error: { type, message: `server says ${status}`, ...error }, request_id: 'req_1' }
}

const FORMAT: WireFormat = { path: '/v1/messages', basePath: '', whole: messageOf, events: eventsOf, error: errorOf }

/** Anthropic's Messages API on a loopback port; `url` goes into ANTHROPIC_BASE_URL. */
export const startAnthropicServer = (handler: Handler) => startWireServer(FORMAT, handler)
