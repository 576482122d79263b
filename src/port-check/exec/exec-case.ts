import { z } from 'zod'
import { treeSchema } from '../corpus/tree.ts'

const policies = {
  approval: z.enum(['never', 'on-request', 'on-failure', 'untrusted']),
  sandbox: z.enum(['read-only', 'workspace-write', 'danger-full-access']),
  decision: z.enum(['approved', 'approved_for_session', 'denied', 'abort']),
  model: z.string(),
}

/** The part of upstream's configuration file that concerns commands. */
const config = z.object({
  shell_environment_policy: z
    .object({
      inherit: z.enum(['all', 'core', 'none']),
      ignore_default_excludes: z.boolean(),
      exclude: z.array(z.string()),
      set: z.record(z.string(), z.string()),
      include_only: z.array(z.string()),
    })
    .partial()
    .default({}),
  sandbox_workspace_write: z
    .object({
      writable_roots: z.array(z.string()),
      network_access: z.boolean(),
      exclude_tmpdir_env_var: z.boolean(),
      exclude_slash_tmp: z.boolean(),
    })
    .partial()
    .default({}),
})

/** What the calls of one conversation share. */
const group = z.object({
  ...policies,
  config: config.prefault({}),
  env: z.record(z.string(), z.string()).default({}),
  files: treeSchema.default({}),
})
export type ExecGroup = z.infer<typeof group>

export const execHeader = z.object({
  groups: z.record(z.string(), group).default({}),
  oracle: z.record(z.string(), z.unknown()).default({ '0.55.0': '' }),
})

/** Bytes as they came: a text, or base64 where they are none. */
const bytes = z.union([z.string(), z.strictObject({ b64: z.base64() })])

const commandEnd = z.object({
  stdout: z.string(),
  stderr: z.string(),
  aggregated_output: z.string(),
  exit_code: z.int(),
  formatted_output: z.string(),
})
const patchEnd = z.object({ stdout: z.string(), stderr: z.string(), success: z.boolean() })

export const execCase = z.object({
  ...policies,
  id: z.string().min(1),
  group: z.string(),
  tool: z.string(),
  kind: z.enum(['function', 'custom', 'local_shell']).or(z.string()).default('function'),
  args: z.union([z.string(), z.record(z.string(), z.json())]),
  events: z.array(z.string()),
  begin: z.record(z.string(), z.json()).nullish(),
  end: z.union([commandEnd, patchEnd]).nullish(),
  model_output: z.string().nullish(),
  delta_bytes: z.partialRecord(z.enum(['stdout', 'stderr']), bytes).default({}),
  seconds: z.number().optional(),
  unstable: z.union([z.boolean(), z.array(z.string())]).default(false),
})
export type ExecCase = z.infer<typeof execCase>
