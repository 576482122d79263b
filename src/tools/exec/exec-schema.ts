import { z } from 'zod'

export const TIMEOUT_MS_DEFAULT = 10_000

export const execInput = z.strictObject({
  command: z
    .array(z.string())
    .describe('Program and arguments. No shell is added: for pipes or variables use ["bash", "-c", "…"].'),
  cwd: z
    .string()
    .optional()
    .describe('Working directory: absolute in the workspace or relative to its root. Default: the root.'),
  timeoutMs: z.int().min(0).optional().describe(`Killed after this many milliseconds. Default: ${TIMEOUT_MS_DEFAULT}.`),
  withEscalatedPermissions: z
    .boolean()
    .optional()
    .describe('Asks to run outside the sandbox. Only where approvals are given on request.'),
  justification: z.string().optional().describe('One sentence for whoever approves the escalation.'),
  arg0: z.string().optional().describe("argv[0], where it differs from the program's name."),
})

export const execOutput = z.object({
  exitCode: z.int().describe('124 after a timeout, 128 + n after signal n.'),
  stdout: z.string(),
  stderr: z.string(),
  aggregatedOutput: z.string().describe('Both streams in order of arrival.'),
  timedOut: z.boolean(),
  durationMs: z.number(),
})

export type ExecInput = z.infer<typeof execInput>
export type ExecOutput = z.infer<typeof execOutput>
