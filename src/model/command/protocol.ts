import { z } from 'zod'
import type { JsonSchema, JsonValue } from '../../contracts/json.ts'
import type { Message, ModelParameters, ModelRequest } from '../../contracts/model.ts'
import { playedReply } from '../players/played-reply.ts'
import { carriedItems } from '../wire/carried.ts'
import { joinParts } from '../wire/join-parts.ts'

const COMMAND_PROTOCOL_VERSION = 1
export const COMMAND = 'command'

const toolCall = z.strictObject({ callId: z.string(), name: z.string(), argumentsText: z.string() })

const message = z.discriminatedUnion('role', [
  z.strictObject({ role: z.literal('user'), text: z.string() }),
  z.strictObject({
    role: z.literal('assistant'),
    text: z.string(),
    toolCalls: z.array(toolCall),
    carried: z.json().optional().describe('What the reply of that turn asked to get back.'),
  }),
  z.strictObject({
    role: z.literal('tool'),
    results: z.array(z.strictObject({ callId: z.string(), name: z.string(), text: z.string(), isError: z.boolean() })),
  }),
])

const commandRequest = z
  .strictObject({
    protocol: z.literal(COMMAND_PROTOCOL_VERSION),
    conversation: z.string().describe('The same for all turns of one trial, never shared by two trials.'),
    system: z.string(),
    messages: z.array(message).describe('The whole conversation so far; the command needs no state of its own.'),
    tools: z.array(
      z.strictObject({ name: z.string(), description: z.string(), inputSchema: z.record(z.string(), z.json()) }),
    ),
    parallelToolCalls: z.boolean().describe('Whether the reply can contain several tool calls.'),
    parameters: z.strictObject({
      temperature: z.number().optional(),
      reasoningEffort: z.string().optional(),
      maxOutputTokens: z.number().optional(),
    }),
  })
  .describe('One line on standard input, per turn.')

export const commandReply = playedReply
  .extend({ carried: z.json().optional().describe('Comes back with this message in later requests.') })
  .describe('One JSON object on standard output; then the command exits with 0. Without usage, a tokenizer estimates.')

export type CommandRequest = z.infer<typeof commandRequest>

/** The JSON Schema of both directions, as published in `docs/command-protocol.schema.json`. */
export function commandProtocolSchema(): JsonSchema {
  const definitions = { request: z.toJSONSchema(commandRequest), reply: z.toJSONSchema(commandReply, { io: 'input' }) }
  return {
    title: `scriptbench command protocol ${COMMAND_PROTOCOL_VERSION}`,
    $defs: definitions,
  } as unknown as JsonSchema
}

/** What the command reads of a request. */
export function toCommandRequest(request: ModelRequest, parameters: ModelParameters): CommandRequest {
  const { cacheKey, system, tools, parallelToolCalls } = request
  return {
    protocol: COMMAND_PROTOCOL_VERSION,
    conversation: cacheKey,
    system,
    messages: request.messages.map(plainMessage),
    tools: [...tools],
    parallelToolCalls,
    parameters,
  }
}

function plainMessage(sent: Message): CommandRequest['messages'][number] {
  if (sent.role === 'user') return { role: 'user', text: joinParts(sent.parts) }
  if (sent.role === 'tool') {
    const results = sent.results.map(({ callId, name, parts, isError }) => ({
      callId,
      name,
      text: joinParts(parts),
      isError,
    }))
    return { role: 'tool', results }
  }
  const carried = carriedItems(sent, COMMAND)
  const { text, toolCalls } = sent
  return { role: 'assistant', text, toolCalls, ...(carried?.isIntact && { carried: carried.items[0] as JsonValue }) }
}
