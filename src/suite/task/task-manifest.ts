import { parse, TomlError } from 'smol-toml'
import { z } from 'zod'
import { defined } from '../../base/defined.ts'
import { explainIssues, fieldName } from '../../base/explain-issues.ts'
import { UserError } from '../../contracts/errors.ts'
import { STRATA } from '../../contracts/task.ts'
import { TASK_ID } from '../source-schema.ts'

const VERSIONS = ['1.0', '1.1', '1.2', '1.3'] as const
const VERIFIER_TIMEOUT_SEC = 600

const seconds = z.number().positive().max(86_400)
const hosts = z.array(z.string().min(1))
const program = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._+-]*$/, 'the name of a program, such as "python3"')

/** A folder-relative glob, as `protect` and `touches` take it. */
const glob = z
  .string()
  .min(1)
  .refine(text => !text.startsWith('/') && !text.split('/').includes('..'), {
    error: 'a glob relative to the workspace, without ".."',
  })

const additions = z.strictObject({
  cluster: z.string().min(1).optional(),
  stratum: z.enum(STRATA).optional(),
  calls_min: z.int().nonnegative().optional(),
  looks_min: z.int().positive().optional(),
  license: z.string().min(1).optional(),
  requires: z.array(program).default([]),
  protect: z.array(glob).default([]),
  touches: z.array(glob).optional(),
  contaminated: z.enum(['likely', 'no']).optional(),
})

const environmentShape = {
  os: z.enum(['linux', 'windows']).default('linux'),
  docker_image: z.string().optional(),
  memory: z.string().optional(),
  memory_mb: z.int().positive().optional(),
  storage: z.string().optional(),
  storage_mb: z.int().positive().optional(),
  network_mode: z.enum(['public', 'no-network', 'allowlist']).optional(),
  allowed_hosts: hosts.default([]),
  allow_internet: z.boolean().optional(),
  mcp_servers: z.array(z.looseObject({})).default([]),
}
const environment = z.looseObject(environmentShape)

const verifier = z.looseObject({
  timeout_sec: seconds.optional(),
  environment_mode: z.enum(['shared', 'separate']).optional(),
  environment: z.looseObject({}).optional(),
})

const step = z.looseObject({
  name: z.string().regex(TASK_ID, 'a folder name of letters, digits, ".", "_" and "-"'),
  verifier: verifier.prefault({}),
})

/** Harbor's `task.toml`: keys that we do not know are kept, ours are strict. */
const schema = z.looseObject({
  schema_version: z.enum(VERSIONS).default('1.0'),
  multi_step_reward_strategy: z.enum(['mean', 'final']).optional(),
  task: z.looseObject({ name: z.string().min(1), description: z.string().default('') }).optional(),
  metadata: z.looseObject({ scriptbench: additions.prefault({}) }).prefault({}),
  verifier: verifier.prefault({}),
  environment: environment.prefault({}),
  steps: z.array(step).default([]),
})

type Written = z.output<typeof schema>

/** A task's manifest in one spelling, whichever Harbor version wrote it. */
export interface TaskManifest {
  schemaVersion: (typeof VERSIONS)[number]
  name?: string
  additions: Written['metadata']['scriptbench']
  /** Names of the `[[steps]]`, in order; empty for a task of one step. */
  steps: string[]
  verifierTimeoutMs: number
  environment: {
    os: 'linux' | 'windows'
    dockerImage?: string
    memoryMb?: number
    storageMb?: number
    networkMode: 'public' | 'no-network' | 'allowlist'
    allowedHosts: string[]
    mcpServers: number
  }
}

/** Reads a `task.toml` (schema 1.0 to 1.3). Throws a `task-invalid` naming file, field and expectation. */
export function parseTaskManifest(file: string, text: string): TaskManifest {
  const raw = renamed(parseToml(file, text))
  const parsed = schema.safeParse(raw)
  if (!parsed.success) {
    const problems = explainIssues(schema, parsed.error.issues, raw)
    throw invalid(
      file,
      problems.map(({ path, message }) => `${fieldName(path)}: ${message}`),
    )
  }
  const written = parsed.data
  const problems = contradictions(written)
  if (problems.length > 0) throw invalid(file, problems)
  const timeouts = [written.verifier, ...written.steps.map(({ verifier }) => verifier)].map(
    ({ timeout_sec }) => timeout_sec,
  )
  const stated = timeouts.filter(timeout => timeout !== undefined)
  return {
    schemaVersion: written.schema_version,
    ...defined({ name: written.task?.name }),
    additions: written.metadata.scriptbench,
    steps: written.steps.map(({ name }) => name),
    verifierTimeoutMs: Math.max(...(stated.length > 0 ? stated : [VERIFIER_TIMEOUT_SEC])) * 1000,
    environment: readEnvironment(written.environment),
  }
}

function parseToml(file: string, text: string): Record<string, unknown> {
  try {
    return parse(text)
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    const [reason] = error.message.split('\n')
    throw new UserError('task-invalid', `${file}:${error.line}:${error.column}: not valid TOML: ${reason}`)
  }
}

/** Before 1.1 the key was called `version`. */
function renamed({ version, ...rest }: Record<string, unknown>): Record<string, unknown> {
  return version === undefined || rest.schema_version !== undefined ? { ...rest } : { ...rest, schema_version: version }
}

function readEnvironment(written: Written['environment']): TaskManifest['environment'] {
  const memoryMb = written.memory_mb ?? megabytes(written.memory)
  const storageMb = written.storage_mb ?? megabytes(written.storage)
  const openMode = written.allowed_hosts.length > 0 ? 'allowlist' : 'public'
  return {
    os: written.os,
    ...defined({ dockerImage: written.docker_image, memoryMb, storageMb }),
    networkMode: written.network_mode ?? (written.allow_internet === false ? 'no-network' : openMode),
    allowedHosts: written.allowed_hosts,
    mcpServers: written.mcp_servers.length,
  }
}

const MEGABYTES: Record<string, number> = { K: 1 / 1024, M: 1, G: 1024, T: 1024 * 1024 }

/** The deprecated spelling of sizes: `2G`, `512M`, `4096K`. */
function megabytes(size: string | undefined): number | undefined {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)\s*([KMGT])(?:i?B)?$/i.exec(size?.trim() ?? '') ?? []
  return digits && unit ? Math.ceil(Number(digits) * (MEGABYTES[unit.toUpperCase()] as number)) : undefined
}

function contradictions({ environment, verifier, steps }: Written): string[] {
  const problems: string[] = []
  for (const field of ['memory', 'storage'] as const) {
    const size = environment[field]
    if (size !== undefined && megabytes(size) === undefined)
      problems.push(`environment.${field}: expected a size such as "2G" or "512M", found "${size}"`)
  }
  const mode = environment.network_mode
  if (environment.allowed_hosts.length > 0 && mode !== undefined && mode !== 'allowlist')
    problems.push(`environment.allowed_hosts: expected network_mode = "allowlist" with it, found "${mode}"`)
  if (verifier.environment_mode === 'shared' && verifier.environment)
    problems.push('verifier.environment: expected none with environment_mode = "shared"')
  const names = steps.map(({ name }) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) problems.push(`steps: "${twice}" is a duplicate; expected each name once`)
  return problems
}

function invalid(file: string, problems: readonly string[]): UserError {
  return new UserError('task-invalid', problems.map(problem => `${file}: ${problem}`).join('\n'))
}
