import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { Result } from '../../contracts/result.ts'
import { PLAYER_KINDS } from '../../contracts/traits/player-kinds.ts'
import { type LogFailure, readFailure } from '../../log/log-failure.ts'
import { replaceFile } from '../../log/replace-file.ts'
import { type Baseline, digestOfCells } from './baseline.ts'

const BASELINE_VERSION = 1

const amount = z.number().nonnegative()
const count = z.int().nonnegative()

const trial = z.strictObject({
  key: z.string().describe('Digest of what the trial was and how it went'),
  solved: z.union([z.literal(0), z.literal(1)]),
  clauses: z.number().min(0).max(1).optional(),
  turns: amount,
  toolCalls: amount,
  inputTokens: amount.optional(),
  outputTokens: amount.optional(),
  costUsd: amount.optional(),
  workingMs: amount,
})

const cell = z.strictObject({
  model: z.string(),
  kind: z.enum(PLAYER_KINDS),
  arm: z.record(z.string(), z.string()),
  task: z.string(),
  taskDigest: z.string(),
  cluster: z.string(),
  trials: z.array(trial),
  lost: count.describe('Failed trials'),
})

const source = z.strictObject({
  suite: z.string(),
  createdAt: z.string(),
  trials: count,
  conditions: z.record(z.string(), z.string()),
})

const baselineSchema = z.strictObject({
  baselineVersion: z.literal(BASELINE_VERSION),
  digest: z.string().describe('SHA-256 of the canonical JSON of `cells`'),
  cells: z.array(cell),
  sources: z.array(source),
})

export function writeBaseline(file: string, baseline: Baseline): Promise<Result<undefined, LogFailure>> {
  return replaceFile(file, [`${JSON.stringify(baseline, null, 1)}\n`])
}

/** A baseline whose content is what its digest says. */
export async function readBaseline(file: string): Promise<Result<Baseline, LogFailure>> {
  try {
    return baselineOfJson(file, JSON.parse(await readFile(file, 'utf8')))
  } catch (error) {
    if (error instanceof SyntaxError) return damaged(file, 'not JSON')
    return { ok: false, error: readFailure(file, error) }
  }
}

function baselineOfJson(file: string, value: unknown): Result<Baseline, LogFailure> {
  const version = (value as { baselineVersion?: unknown } | null)?.baselineVersion
  if (typeof version === 'number' && version > BASELINE_VERSION) {
    const message = `${file}: baseline version ${version} was written by a newer scriptbench; this one reads up to ${BASELINE_VERSION}. Update scriptbench.`
    return { ok: false, error: { kind: 'newer-version', file, message } }
  }
  const parsed = baselineSchema.safeParse(value)
  const issue = parsed.error?.issues[0]
  if (!parsed.success) return damaged(file, `${issue?.path.join('.') || 'the file'}: ${issue?.message}`)
  const baseline = parsed.data as Baseline
  if (digestOfCells(baseline.cells) === baseline.digest) return { ok: true, value: baseline }
  return damaged(file, 'its content does not match its digest: it was changed by hand; save it again')
}

function damaged(file: string, problem: string): Result<Baseline, LogFailure> {
  return { ok: false, error: { kind: 'corrupt', file, message: `${file}: not a baseline (${problem})` } }
}
