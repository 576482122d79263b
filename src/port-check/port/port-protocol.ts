import { z } from 'zod'
import type { JsonObject, JsonValue } from '../../contracts/json.ts'

/** The releases of Codex that a port can imitate. */
export const PORT_PROFILES = ['0.169', '0.55'] as const
export type PortProfile = (typeof PORT_PROFILES)[number]

/**
 * What a port can offer. In addition to the tools: the standalone patch program (`applyPatchProgram`) and the answer to the
 * question whether a command is a patch in disguise (`heredoc`).
 */
export const PORT_TOOLS = [
  'applyPatch',
  'applyPatchProgram',
  'heredoc',
  'exec',
  'readFile',
  'listDir',
  'grepFiles',
  'fileSearch',
] as const
export type PortTool = (typeof PORT_TOOLS)[number]

/** One call of one tool. What a command gets as one line of JSON on standard input. */
export interface PortRequest {
  tool: PortTool
  profile: PortProfile
  /** Absolute; the session's working directory and the workspace. */
  cwd: string
  /** In our names. */
  args: JsonValue
  /** Variables the case sets. */
  env?: Readonly<Record<string, string>>
  /** Set when the call has to run without the rights of root. */
  user?: 'nobody'
  /** What a call of `exec` needs in addition to its arguments: policies, answers to questions. */
  session?: JsonObject
}

const json: z.ZodType<JsonValue> = z.json()

/** What a port answers. `text` is what the model is shown; `isCapped`: it went through the output rules. */
export const portReply = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    result: json.optional(),
    text: z.string().optional(),
    isCapped: z.boolean().optional(),
    events: z.array(json).optional(),
  }),
  z.object({
    ok: z.literal(false),
    error: z.object({ code: z.string(), message: z.string() }),
    events: z.array(json).optional(),
  }),
])
export type PortReply = z.infer<typeof portReply>

/** The code of a reply to a tool that the port does not have. */
export const NOT_OFFERED = 'unknown-tool'
