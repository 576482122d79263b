import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** What tests look at in the bodies of the three formats. */
export interface RequestBody {
  model: string
  stream?: boolean
  stream_options?: { include_usage?: boolean }
  parallel_tool_calls?: boolean
  tool_choice?: { disable_parallel_tool_use?: boolean }
  prompt_cache_key?: string
  input: object[]
  messages: RequestMessage[]
}

export interface RequestMessage {
  role: string
  content: { type: string; cache_control?: object }[]
}

export interface RecordedRequest {
  path: string
  headers: IncomingMessage['headers']
  body: RequestBody
}

/** What a model does in one turn, in no provider's words. */
export interface NeutralReply {
  text?: string
  reasoning?: string
  /** A string as `args` is sent as raw text, however malformed. `id: null` leaves the id out where the wire can. */
  toolCalls?: { name: string; args: unknown; id?: string | null }[]
  /** `none`: the server reports nothing. */
  usage?: NeutralUsage | 'none'
  stop?: 'length' | 'refusal' | 'filter' | 'context'
  model?: string
  /** From 400 on: an error in the provider's format. */
  status?: number
  /** The error's message, and its code or type. */
  error?: { message?: string; code?: string; type?: string }
  headers?: Record<string, string>
  /** The connection is cut in the middle of the reply. */
  breakStream?: boolean
  /** Answers a streaming request in one piece. */
  plain?: boolean
  delayMs?: number
  /** Sent in place of everything else, unchanged. */
  rawBody?: string
}

export interface NeutralUsage {
  inputFreshTokens: number
  cacheReadTokens: number
  cacheWriteTokens: number
  outputTokens: number
  reasoningTokens: number
}

export const USAGE: NeutralUsage = {
  inputFreshTokens: 100,
  cacheReadTokens: 20,
  cacheWriteTokens: 5,
  outputTokens: 10,
  reasoningTokens: 4,
}

/** `n` counts the requests from 0. */
export type Handler = (request: RecordedRequest, n: number) => NeutralReply | Promise<NeutralReply>

export interface WireServer extends AsyncDisposable {
  /** What goes into the provider's base URL. */
  url: string
  requests: RecordedRequest[]
  close(): Promise<void>
}

export interface SseEvent {
  event?: string
  data: unknown
}

/** One provider's format. */
export interface WireFormat {
  path: string
  /** What follows the origin in the base URL. */
  basePath: string
  whole(reply: NeutralReply, request: RecordedRequest, n: number): object
  events(reply: NeutralReply, request: RecordedRequest, n: number): SseEvent[]
  error(reply: NeutralReply): object
}

/** A loopback server that speaks one format, streaming when it is asked to. */
export async function startWireServer(format: WireFormat, handler: Handler): Promise<WireServer> {
  const requests: RecordedRequest[] = []
  const server = createServer((incoming, response) => {
    answer(incoming, response).catch(error => response.destroy(error))
  })
  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk as Buffer)
    const { pathname } = new URL(incoming.url ?? '/', 'http://localhost')
    const request = {
      path: pathname,
      headers: incoming.headers,
      body: JSON.parse(Buffer.concat(chunks).toString() || '{}'),
    }
    const n = requests.push(request) - 1
    const reply =
      pathname === format.path ? await handler(request, n) : { status: 404, error: { message: `no ${pathname}` } }
    if (reply.delayMs) await sleep(reply.delayMs)
    if (reply.rawBody !== undefined) return sendWhole(response, reply, reply.rawBody)
    if ((reply.status ?? 200) >= 400) return sendWhole(response, reply, JSON.stringify(format.error(reply)))
    if (request.body.stream === true && !reply.plain)
      return sendEvents(response, reply, format.events(reply, request, n))
    sendWhole(response, reply, JSON.stringify(format.whole(reply, request, n)))
  }
  server.listen(0, '127.0.0.1')
  await new Promise(resolve => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  const close = () => {
    server.closeAllConnections()
    return new Promise<void>(resolve => server.close(() => resolve()))
  }
  const url = `http://127.0.0.1:${port}${format.basePath}`
  return { url, requests, close, [Symbol.asyncDispose]: close }
}

function sendWhole(response: ServerResponse, reply: NeutralReply, body: string): void {
  const length = Buffer.byteLength(body)
  response.writeHead(reply.status ?? 200, {
    'content-type': 'application/json',
    'content-length': length,
    ...reply.headers,
  })
  if (!reply.breakStream) return void response.end(body)
  response.write(body.slice(0, body.length / 2), () => response.destroy())
}

/** Writes cut events in two, so that a reader has to put them together again. */
async function sendEvents(response: ServerResponse, reply: NeutralReply, events: SseEvent[]): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', ...reply.headers })
  const kept = reply.breakStream ? events.slice(0, Math.ceil(events.length / 2)) : events
  for (const { event, data } of kept) {
    const text = `${event ? `event: ${event}\n` : ''}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`
    response.write(text.slice(0, text.length / 2))
    response.write(text.slice(text.length / 2))
  }
  if (!reply.breakStream) return void response.end()
  await sleep(5)
  response.destroy()
}

export function argumentsTextOf(args: unknown): string {
  return typeof args === 'string' ? args : JSON.stringify(args)
}

/** A text as deltas of a few characters. */
export function piecesOf(text: string): string[] {
  return text.match(/[\s\S]{1,7}/g) ?? []
}
