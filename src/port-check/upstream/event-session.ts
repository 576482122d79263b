import { defined } from '../../base/defined.ts'
import type { JsonObject } from '../../contracts/json.ts'
import { startAppServer } from './app-server.ts'
import { type ModelCall, startResponsesServer } from './responses-server.ts'
import { createSessionHome, type SessionPolicies, sessionConfig } from './session-home.ts'
import { type UpstreamProgram, UpstreamUnavailable } from './upstream-program.ts'

export interface EventSessionOptions extends SessionPolicies {
  cwd: string
  env: Readonly<Record<string, string>>
  /** The answer to every question. */
  decision: string
}

/** What happened in one turn. */
export interface SessionTurn {
  /** Everything that was announced, in order. */
  events: JsonObject[]
  /** What the model was shown; absent where the turn was interrupted. */
  output?: string
}

/** A conversation with `codex app-server` of the older release, one tool call per turn. */
export interface EventSession {
  /** Where the program keeps its things. */
  homeDir: string
  /** Undefined: the turn did not end in time. */
  play(call: ModelCall): Promise<SessionTurn | undefined>
  [Symbol.asyncDispose](): Promise<void>
}

const REPLY_TIMEOUT_MS = 30_000
const TURN_TIMEOUT_MS = 90_000
const TURN_ENDS = ['task_complete', 'turn_aborted']

export async function openEventSession(program: UpstreamProgram, options: EventSessionOptions): Promise<EventSession> {
  const { cwd, decision } = options
  await using setUp = new AsyncDisposableStack()
  const queue: (readonly ModelCall[])[] = []
  const model = await startResponsesServer(queue)
  setUp.defer(model.close)
  const home = setUp.use(await createSessionHome(program, sessionConfig(model.baseUrl, options)))
  let events: JsonObject[] = []
  let onEnd = () => {}
  const env = { ...home.env, PATH: '/usr/local/bin:/usr/bin:/bin', ...options.env }
  const server = await startAppServer(program, {
    cwd,
    env,
    onMessage({ id, method, params: { msg } }) {
      if (id !== undefined) server.answer(id, { decision })
      if (!method.startsWith('codex/event/') || typeof msg !== 'object' || msg === null || Array.isArray(msg)) return
      events.push(msg)
      if (TURN_ENDS.includes(String(msg.type))) onEnd()
    },
  })
  setUp.use(server)
  const begun = (await server.request('newConversation', { cwd }, REPLY_TIMEOUT_MS)) as JsonObject | null | undefined
  const conversationId = begun?.conversationId
  if (typeof conversationId !== 'string')
    throw new UpstreamUnavailable(`${program.spec}: the conversation did not start`)
  await server.request('addConversationListener', { conversationId }, REPLY_TIMEOUT_MS)
  const owned = setUp.move()
  return {
    homeDir: home.dir,
    async play(call) {
      events = []
      queue.splice(0, queue.length, [call])
      const ended = new Promise<boolean>(resolve => {
        const timer = setTimeout(() => resolve(false), TURN_TIMEOUT_MS)
        onEnd = () => {
          clearTimeout(timer)
          resolve(true)
        }
      })
      const items = [{ type: 'text', data: { text: 'go' } }]
      await server.request('sendUserMessage', { conversationId, items }, REPLY_TIMEOUT_MS)
      if (!(await ended)) return undefined
      const output = model.outputs.get(call.callId)
      return { events, ...defined({ output }) }
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}
