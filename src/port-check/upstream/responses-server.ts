import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'
import type { JsonObject, JsonValue } from '../../contracts/json.ts'

/** One call that the fake model makes. */
export interface ModelCall {
  callId: string
  kind: 'function' | 'custom'
  name: string
  /** The raw text of the arguments, or of the input of a custom tool. */
  args: string
}

export interface ResponsesServer {
  baseUrl: string
  /** What the tools answered, by the id of the call. */
  outputs: ReadonlyMap<string, string>
  close(): Promise<void>
}

const request = z.object({ input: z.array(z.record(z.string(), z.json())) })

/**
 * A fake Responses API on the loopback: plays one list of calls per request, taking it from the queue, says
 * that it is done when the queue is empty, and keeps what the tools answered.
 */
export async function startResponsesServer(queue: (readonly ModelCall[])[]): Promise<ResponsesServer> {
  const outputs = new Map<string, string>()
  let requests = 0
  const server = createServer(async (incoming, answer) => {
    if (incoming.method !== 'POST') {
      answer.writeHead(404).end()
      return
    }
    const parsed = request.safeParse(await bodyOf(incoming))
    if (!parsed.success) {
      answer.writeHead(400).end()
      return
    }
    for (const item of parsed.data.input) takeOutput(item, outputs)
    sendTurn(answer, requests++, queue.shift())
  })
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject).listen(0, '127.0.0.1', resolve)
  await promise
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    outputs,
    async close() {
      server.closeAllConnections()
      await new Promise(done => server.close(done))
    },
  }
}

async function bodyOf(incoming: IncomingMessage): Promise<JsonValue | undefined> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk)
  try {
    return JSON.parse(Buffer.concat(chunks).toString())
  } catch {
    return undefined
  }
}

function takeOutput(item: JsonObject, outputs: Map<string, string>): void {
  const isOutput = item.type === 'function_call_output' || item.type === 'custom_tool_call_output'
  if (!isOutput || typeof item.call_id !== 'string') return
  outputs.set(item.call_id, typeof item.output === 'string' ? item.output : JSON.stringify(item.output))
}

/** The events of the wire format that a session needs: created, one item done after the other, completed. */
function sendTurn(answer: ServerResponse, turn: number, calls: readonly ModelCall[] | undefined): void {
  const id = `resp_${turn}`
  const send = (type: string, more: JsonObject) =>
    answer.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...more })}\n\n`)
  answer.writeHead(200, { 'content-type': 'text/event-stream' })
  send('response.created', { response: { id } })
  const items = calls?.map(itemOf) ?? [
    { type: 'message', role: 'assistant', id: `msg_${turn}`, content: [{ type: 'output_text', text: 'done' }] },
  ]
  for (const item of items) send('response.output_item.done', { item })
  send('response.completed', { response: { id, usage: USAGE } })
  answer.end()
}

/** Counts are 0, so a session never finds its context full. */
const USAGE = {
  input_tokens: 0,
  input_tokens_details: null,
  output_tokens: 0,
  output_tokens_details: null,
  total_tokens: 0,
}

function itemOf({ callId, kind, name, args }: ModelCall): JsonObject {
  return kind === 'custom'
    ? { type: 'custom_tool_call', call_id: callId, name, input: args }
    : { type: 'function_call', call_id: callId, name, arguments: args }
}
