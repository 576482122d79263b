import { type ChildProcess, spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import type { JsonObject } from '../../contracts/json.ts'
import { killWithGroup, ownChild } from '../leftovers.ts'
import { type ModelCall, startResponsesServer } from './responses-server.ts'
import { createSessionHome, type SessionPolicies, sessionConfig } from './session-home.ts'
import { type UpstreamProgram, UpstreamUnavailable } from './upstream-program.ts'

export interface ConversationOptions extends Omit<SessionPolicies, 'approval' | 'sandbox'> {
  cwd: string
  /** The calls of one answer of the model after the other. */
  turns: readonly (readonly ModelCall[])[]
  timeoutMs?: number
}

export interface Conversation {
  /** What the model was shown, by the id of the call. Calls that were never answered are missing. */
  outputs: ReadonlyMap<string, string>
  /** What the program reported about its work, item by item. */
  items: JsonObject[]
}

const TIMEOUT_MS_DEFAULT = 300_000
const STDERR_SHOWN_MAX = 1_000

/** One run of `codex exec`, without questions and without a sandbox, whose model makes the given calls. */
export async function converse(program: UpstreamProgram, options: ConversationOptions): Promise<Conversation> {
  const server = await startResponsesServer([...options.turns])
  const policies = { ...options, approval: 'never', sandbox: 'danger-full-access' }
  await using home = await createSessionHome(program, sessionConfig(server.baseUrl, policies))
  try {
    const args = ['exec', '--skip-git-repo-check', '--json', '-C', options.cwd, 'go']
    const child = ownChild(
      spawn(program.file, args, {
        cwd: options.cwd,
        env: home.env,
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: true,
      }),
    )
    const { stdout, stderr } = await outputOf(child, options.timeoutMs ?? TIMEOUT_MS_DEFAULT)
    if (server.outputs.size === 0 && options.turns.flat().length > 0) {
      const said = (stderr || stdout).slice(-STDERR_SHOWN_MAX).trim()
      throw new UpstreamUnavailable(`${program.spec} did not answer any call of a conversation: ${said}`)
    }
    return { outputs: server.outputs, items: itemsOf(stdout) }
  } finally {
    await server.close()
  }
}

/** Everything a child prints until it ends; it and its group are killed when that takes too long. */
async function outputOf(child: ChildProcess, timeoutMs: number): Promise<{ stdout: string; stderr: string }> {
  const timer = setTimeout(() => killWithGroup(child), timeoutMs)
  const ended = new Promise<void>((resolve, reject) => child.once('close', () => resolve()).once('error', reject))
  try {
    const [stdout, stderr] = await Promise.all([textOf(child.stdout), textOf(child.stderr), ended])
    return { stdout, stderr }
  } finally {
    clearTimeout(timer)
    killWithGroup(child)
  }
}

async function textOf(stream: Readable | null): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream ?? []) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

function itemsOf(stdout: string): JsonObject[] {
  return stdout.split('\n').flatMap(line => {
    try {
      const { type, item } = JSON.parse(line) as { type?: string; item?: JsonObject }
      return type === 'item.completed' && item !== undefined ? [item] : []
    } catch {
      return []
    }
  })
}
