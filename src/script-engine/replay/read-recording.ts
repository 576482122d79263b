import { z } from 'zod'
import { errorText } from '../../base/error-text.ts'
import type { Result } from '../../contracts/result.ts'
import { SCRIPT_FAILURE_CLASSES, SCRIPT_LIMITS_DEFAULT, type ScriptRecording } from '../../contracts/script.ts'
import { isNestedDeeper, JSON_DEPTH_MAX } from '../vm/json-depth.ts'

const VERSION = 1
/** As JSON text. Far more than a script's results can be, far less than the longest string of V8. */
const LENGTH_MAX = 256 * 1024 * 1024
/** However long the script was allowed to compute, a recording from elsewhere does not keep a worker longer. */
const TIME_MS_MAX = 5 * 60_000

const place = z.int().positive().optional()
const limits = Object.fromEntries(Object.keys(SCRIPT_LIMITS_DEFAULT).map(name => [name, z.number().nonnegative()]))
const recordingSchema = z.object({
  version: z.literal(VERSION),
  request: z.object({
    source: z.string(),
    tools: z.array(z.looseObject({ name: z.string(), effect: z.enum(['read', 'write']) })),
    context: z.looseObject({}),
    limits: z.object(limits),
    seed: z.string(),
    nowMs: z.number(),
  }),
  calls: z.array(z.object({ tool: z.string(), argsJson: z.string() })),
  deliveries: z.array(
    z.object({
      elapsedMs: z.int().nonnegative(),
      calls: z.array(z.object({ call: z.int().positive(), ok: z.boolean(), json: z.string() })),
      timers: z.array(z.int().positive()),
    }),
  ),
  end: z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), json: z.string().optional() }),
    z.object({
      ok: z.literal(false),
      failure: z.looseObject({
        class: z.enum(SCRIPT_FAILURE_CLASSES),
        message: z.string(),
        ...{ line: place, column: place },
      }),
    }),
  ]),
  logs: z.array(
    z.object({ level: z.enum(['log', 'info', 'warn', 'error', 'debug']), text: z.string(), atMs: z.number() }),
  ),
})
const toolErrorSchema = z.object({ tool: z.string(), code: z.string(), message: z.string(), callId: z.string() })

/** A copy of a recording that can be relied on, or what is wrong with it. Recordings come from files: nothing is believed. */
export function readRecording(given: unknown): Result<ScriptRecording, string> {
  try {
    const text = JSON.stringify(given) as string | undefined
    if (text === undefined) return unreadable('it is not an object')
    if (text.length > LENGTH_MAX) return unreadable(`it has ${text.length} characters; at most ${LENGTH_MAX} are read`)
    return check(JSON.parse(text))
  } catch (error) {
    return unreadable(`it is not plain data: ${errorText(error)}`)
  }
}

function unreadable(reason: string): { ok: false; error: string } {
  return { ok: false, error: `the recording cannot be read: ${reason}` }
}

function check(value: unknown): Result<ScriptRecording, string> {
  const version = (value as { version?: unknown } | null)?.version
  if (typeof version === 'number' && version !== VERSION) {
    return unreadable(`it is of version ${version}, and this engine reads version ${VERSION}`)
  }
  const parsed = recordingSchema.safeParse(value)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    return unreadable(issue === undefined ? 'unexpected content' : `${issue.path.join('.') || 'it'}: ${issue.message}`)
  }
  const recording = parsed.data as unknown as ScriptRecording
  const contextJson = JSON.stringify(recording.request.context)
  if (isNestedDeeper(contextJson, JSON_DEPTH_MAX)) return unreadable('request.context is nested too deeply')
  const problem = deliveryProblem(recording)
  if (problem !== undefined) return unreadable(problem)
  const { cpuTimeMs, wallTimeMs, ...others } = recording.request.limits
  const timeLimits = { cpuTimeMs: Math.min(cpuTimeMs, TIME_MS_MAX), wallTimeMs: Math.min(wallTimeMs, TIME_MS_MAX) }
  return { ok: true, value: { ...recording, request: { ...recording.request, limits: { ...others, ...timeLimits } } } }
}

/** What a delivery does that no script was ever given. */
function deliveryProblem({ calls, deliveries }: ScriptRecording): string | undefined {
  const settled = new Set<number>()
  for (const [index, delivery] of deliveries.entries()) {
    for (const { call, ok, json } of delivery.calls) {
      const where = `deliveries.${index} settles call ${call}`
      if (call > calls.length) return `${where}, but ${calls.length} calls were made`
      if (settled.has(call)) return `${where} a second time`
      settled.add(call)
      if (isNestedDeeper(json, JSON_DEPTH_MAX)) return `${where} with what is nested too deeply`
      if (!isJson(json, ok)) return `${where} with what is not ${ok ? 'JSON' : "a tool's error"}`
    }
  }
  return undefined
}

function isJson(json: string, isValue: boolean): boolean {
  try {
    const value: unknown = JSON.parse(json)
    return isValue || toolErrorSchema.safeParse(value).success
  } catch {
    return false
  }
}
