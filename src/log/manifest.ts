import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { fieldName } from '../base/explain-issues.ts'
import type { Manifest } from '../contracts/manifest.ts'
import type { Result } from '../contracts/result.ts'
import { PLAYER_KINDS } from '../contracts/traits/player-kinds.ts'
import type { LogFailure } from './log-failure.ts'
import { readFailure } from './log-failure.ts'
import { replaceFile } from './replace-file.ts'

const MANIFEST_VERSION = 1

const prices = z.looseObject({ inputPerMillion: z.number(), outputPerMillion: z.number() })

const manifestSchema = z.looseObject({
  manifestVersion: z.literal(MANIFEST_VERSION),
  suite: z.looseObject({ name: z.string(), digest: z.string(), content: z.record(z.string(), z.json()) }),
  createdAt: z.string(),
  versions: z.looseObject({ scriptbench: z.string(), node: z.string(), protocol: z.number(), log: z.number() }),
  platform: z.looseObject({ os: z.string(), arch: z.string(), cpus: z.number() }),
  seed: z.number(),
  tasks: z.record(z.string(), z.looseObject({ digest: z.string() })),
  tasksLeftOut: z.array(z.looseObject({ task: z.string(), reason: z.string() })),
  models: z.record(z.string(), z.looseObject({ playerKind: z.enum(PLAYER_KINDS), prices: prices.optional() })),
  prompts: z.record(z.string(), z.string()),
  toolSchemas: z.string(),
  sandbox: z.looseObject({
    requested: z.string(),
    mechanism: z.string(),
    policy: z.string(),
    reason: z.string().optional(),
    spawnOverheadMs: z.number().optional(),
  }),
  trialsPlanned: z.number(),
  plans: z.array(z.looseObject({ at: z.string(), trialsPlanned: z.number(), trialsDone: z.number() })).optional(),
  imported: z.looseObject({ source: z.string(), unit: z.enum(['task', 'model']), digest: z.string() }).optional(),
})

export function writeManifest(file: string, manifest: Manifest): Promise<Result<undefined, LogFailure>> {
  return replaceFile(file, [`${JSON.stringify(manifest, null, 2)}\n`])
}

export async function readManifest(file: string): Promise<Result<Manifest, LogFailure>> {
  try {
    return manifestOf(file, JSON.parse(await readFile(file, 'utf8')))
  } catch (error) {
    if (error instanceof SyntaxError) return damaged(file, 'not JSON')
    return { ok: false, error: readFailure(file, error) }
  }
}

function manifestOf(file: string, value: unknown): Result<Manifest, LogFailure> {
  const version = (value as { manifestVersion?: unknown } | null)?.manifestVersion
  if (typeof version === 'number' && version > MANIFEST_VERSION) {
    const message = `${file}: manifest version ${version} was written by a newer scriptbench; this one reads up to ${MANIFEST_VERSION}. Update scriptbench.`
    return { ok: false, error: { kind: 'newer-version', file, message } }
  }
  const parsed = manifestSchema.safeParse(value)
  if (parsed.success) return { ok: true, value: value as Manifest }
  const issue = parsed.error.issues[0]
  return damaged(file, issue === undefined ? 'unexpected content' : `${fieldName(issue.path)}: ${issue.message}`)
}

function damaged(file: string, problem: string): Result<Manifest, LogFailure> {
  return { ok: false, error: { kind: 'corrupt', file, message: `${file}: not a valid run manifest (${problem})` } }
}
