import { z } from 'zod'

/** The setting of a call of `exec`. Paths are this machine's. Sent as the request's `session`. */
export const execSession = z.object({
  approval: z.enum(['never', 'on-request', 'on-failure', 'untrusted']),
  sandbox: z.enum(['read-only', 'workspace-write', 'danger-full-access']),
  /** The answer to every question. */
  decision: z.enum(['approved', 'approved_for_session', 'denied', 'abort']),
  /** What can be written in addition to the working directory under `workspace-write`. */
  writableRoots: z.array(z.string()),
  hasNetwork: z.boolean(),
  isTmpdirExcluded: z.boolean(),
  isSlashTmpExcluded: z.boolean(),
  /** All variables of the harness, before the policy. */
  variables: z.record(z.string(), z.string()),
  environmentPolicy: z.object({
    inherit: z.enum(['all', 'core', 'none']).optional(),
    ignoresDefaultExcludes: z.boolean().optional(),
    exclude: z.array(z.string()).optional(),
    set: z.record(z.string(), z.string()).optional(),
    includeOnly: z.array(z.string()).optional(),
  }),
  /** The keys of questions that earlier calls were allowed for the whole session. */
  allowed: z.array(z.string()),
  /** In which form the model is to be shown the result. */
  form: z.enum(['json', 'text']),
})
export type ExecSession = z.infer<typeof execSession>

const change = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('add'), path: z.string(), after: z.string() }),
  z.object({ kind: z.literal('delete'), path: z.string(), before: z.string() }),
  z.object({
    kind: z.literal('update'),
    path: z.string(),
    before: z.string(),
    after: z.string(),
    movedTo: z.string().optional(),
  }),
])
export type ReportedChange = z.infer<typeof change>

/** What happened in a call, in order. Sent as the reply's `events`. */
export const execEvents = z.array(
  z.discriminatedUnion('type', [
    z.object({
      type: z.literal('approval'),
      isPatch: z.boolean(),
      /** The explanation of the question: a justification, or why it is tried again. */
      explanation: z.string().nullable(),
      key: z.string().optional(),
    }),
    z.object({ type: z.literal('output'), stream: z.enum(['stdout', 'stderr']), base64: z.string(), atMs: z.number() }),
    z.object({ type: z.literal('patch'), changes: z.array(change) }),
    /** What displays are shown of the result. */
    z.object({ type: z.literal('formatted'), text: z.string() }),
  ]),
)
export type ExecEvent = z.infer<typeof execEvents>[number]

/** A reply's `result`. */
export const execResult = z.object({
  exitCode: z.int(),
  stdout: z.string(),
  stderr: z.string(),
  aggregatedOutput: z.string(),
  timedOut: z.boolean(),
  durationMs: z.number(),
})
