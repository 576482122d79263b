import { mkdtemp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { JsonValue } from '../../contracts/json.ts'
import { ownFolder } from '../leftovers.ts'
import type { UpstreamProgram } from './upstream-program.ts'

/** Variables of a session, and only those. */
export interface SessionHome {
  dir: string
  env: Record<string, string>
  [Symbol.asyncDispose](): Promise<void>
}

/** A home with a configuration file. Not under the temporary folder: newer releases refuse to run commands then. */
export async function createSessionHome(program: UpstreamProgram, config: string): Promise<SessionHome> {
  const owned = ownFolder(await mkdtemp(join(program.homesDir, 'home-')))
  const dir = owned.path
  await writeFile(join(dir, 'config.toml'), config)
  const path = process.env.PATH ?? '/usr/bin:/bin'
  return {
    dir,
    env: {
      PATH: program.pathDir === undefined ? path : `${program.pathDir}:${path}`,
      HOME: dir,
      CODEX_HOME: dir,
      LANG: 'C.UTF-8',
    },
    [Symbol.asyncDispose]: owned[Symbol.asyncDispose],
  }
}

export interface SessionPolicies {
  model: string
  approval: string
  sandbox: string
  /** Further settings by table, e.g. `shell_environment_policy`. */
  tables?: Readonly<Record<string, Readonly<Record<string, JsonValue>>>>
}

/** The settings of a session that uses the fake model. */
export function sessionConfig(baseUrl: string, { model, approval, sandbox, tables = {} }: SessionPolicies): string {
  return [
    `model = ${JSON.stringify(model)}`,
    'model_provider = "standin"',
    `approval_policy = ${JSON.stringify(approval)}`,
    `sandbox_mode = ${JSON.stringify(sandbox)}`,
    '[model_providers.standin]',
    'name = "standin"',
    `base_url = ${JSON.stringify(baseUrl)}`,
    'wire_api = "responses"',
    'request_max_retries = 0',
    'stream_max_retries = 0',
    ...Object.entries(tables).flatMap(([name, table]) => [
      `[${name}]`,
      ...Object.entries(table).map(([key, value]) => `${key} = ${tomlOf(value)}`),
    ]),
    '',
  ].join('\n')
}

/** JSON is TOML, but for tables inside of others. */
function tomlOf(value: JsonValue): string {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return JSON.stringify(value)
  const pairs = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)} = ${tomlOf(inner)}`)
  return `{ ${pairs.join(', ')} }`
}
