import { type NeutralReply, USAGE } from './wire-server.ts'

const CLASSES: Record<number, string> = { 400: 'bad-request', 401: 'auth', 429: 'rate-limit', 500: 'overloaded' }

/** A neutral reply as the command protocol and scripts write it. */
export function playedReplyOf(reply: NeutralReply): object {
  const { text, toolCalls, usage = USAGE, status, stop, headers } = reply
  const wait = headers?.['retry-after']
  const failure = status
    ? { class: CLASSES[status], message: `status ${status}`, ...(wait && { retryAfterMs: Number(wait) * 1_000 }) }
    : stop && { class: stop === 'length' ? 'truncated' : 'refused', message: stop }
  return {
    ...(text !== undefined && { text }),
    ...(toolCalls && {
      toolCalls: toolCalls.map(({ name, args }) =>
        typeof args === 'string' ? { name, argumentsText: args } : { name, args },
      ),
    }),
    ...(usage !== 'none' && { usage }),
    ...(failure && { failure }),
  }
}
