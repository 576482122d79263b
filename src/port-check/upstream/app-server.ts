import { spawn } from 'node:child_process'
import { defined } from '../../base/defined.ts'
import type { JsonObject, JsonValue } from '../../contracts/json.ts'
import { eachLine } from '../each-line.ts'
import { killWithGroup, ownChild } from '../leftovers.ts'
import { type UpstreamProgram, UpstreamUnavailable } from './upstream-program.ts'

const START_TIMEOUT_MS = 60_000

/** A notice, or a question of the server, which has an id that an answer has to repeat. */
export interface ServerMessage {
  id?: string | number
  method: string
  params: JsonObject
}

export interface AppServer {
  /** Undefined: no reply in time, or the server ended. Rejects when the server reports a failure. */
  request(method: string, params: JsonObject, timeoutMs: number): Promise<JsonValue | undefined>
  answer(id: string | number, result: JsonObject): void
  [Symbol.asyncDispose](): Promise<void>
}

export interface AppServerOptions {
  cwd: string
  env: Readonly<Record<string, string>>
  onMessage?(message: ServerMessage): void
}

interface Reply {
  id?: string | number
  method?: string
  params?: JsonObject
  result?: JsonValue
  error?: { message?: string }
}

/** `codex app-server`: JSON-RPC, one message per line. Ready for requests. */
export async function startAppServer(program: UpstreamProgram, options: AppServerOptions): Promise<AppServer> {
  const { cwd, env, onMessage } = options
  const child = ownChild(
    spawn(program.file, ['app-server'], { cwd, env, stdio: ['pipe', 'pipe', 'ignore'], detached: true }),
  )
  const waiting = new Map<number, PromiseWithResolvers<JsonValue | undefined>>()
  let lastId = 0
  let isOver = false
  const closed = new Promise<void>(resolve => {
    const end = () => {
      isOver = true
      for (const { resolve: give } of waiting.values()) give(undefined)
      waiting.clear()
      resolve()
    }
    child.once('close', end).once('error', end)
  })
  const send = (message: object) => child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
  child.stdin.on('error', () => undefined)
  eachLine(child.stdout, line => {
    const { id, method, params = {}, result, error } = readMessage(line)
    if (method !== undefined) onMessage?.({ ...defined({ id }), method, params })
    else if (typeof id === 'number') {
      if (error) waiting.get(id)?.reject(new Error(`${program.spec}: app-server: ${error.message}`))
      else waiting.get(id)?.resolve(result ?? null)
    }
  })
  const server: AppServer = {
    async request(method, params, timeoutMs) {
      if (isOver) return undefined
      const id = ++lastId
      const reply = Promise.withResolvers<JsonValue | undefined>()
      waiting.set(id, reply)
      send({ id, method, params })
      const timer = setTimeout(() => reply.resolve(undefined), timeoutMs)
      return reply.promise.finally(() => {
        clearTimeout(timer)
        waiting.delete(id)
      })
    },
    answer: (id, result) => void send({ id, result }),
    async [Symbol.asyncDispose]() {
      if (!isOver) killWithGroup(child)
      await closed
    },
  }
  const clientInfo = { name: 'scriptbench', version: '1' }
  if ((await server.request('initialize', { clientInfo }, START_TIMEOUT_MS)) === undefined) {
    await server[Symbol.asyncDispose]()
    throw new UpstreamUnavailable(`${program.spec}: app-server did not answer`)
  }
  send({ method: 'initialized' })
  return server
}

function readMessage(line: string): Reply {
  try {
    return JSON.parse(line) as Reply
  } catch {
    return {}
  }
}
