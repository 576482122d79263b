import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { ImportedOutcome } from '../../contracts/imported.ts'
import type { Result } from '../../contracts/result.ts'
import { STRATA } from '../../contracts/task.ts'
import { PLAYER_KINDS } from '../../contracts/traits/player-kinds.ts'
import { corruptLine, type LogFailure, readFailure } from '../../log/log-failure.ts'

export const IMPORTED_FILE = 'imported.jsonl'

const count = z.int().nonnegative().optional()
const amount = z.number().nonnegative().optional()

export const importedOutcomeSchema = z.strictObject({
  task: z.string().min(1).max(300),
  cluster: z.string().min(1).max(300).optional(),
  stratum: z.enum(STRATA).optional(),
  model: z.string().min(1).max(300),
  playerKind: z.enum(PLAYER_KINDS),
  repeat: z.int().nonnegative(),
  levels: z.record(z.string(), z.string()),
  solved: z.number().min(0).max(1).optional(),
  n: count,
  isLimited: z.boolean().optional(),
  clausesKept: count,
  clausesTotal: count,
  turns: amount,
  toolCalls: amount,
  inputTokens: amount,
  outputTokens: amount,
  costUsd: amount,
  workingMs: amount,
  wallMs: amount,
  callsMin: count,
  looksMin: count,
})

export function* importedLines(outcomes: readonly ImportedOutcome[]): Generator<string> {
  for (const outcome of outcomes) yield `${JSON.stringify(outcome)}\n`
}

/** The outcomes of an imported run. */
export async function readImported(runDir: string): Promise<Result<ImportedOutcome[], LogFailure>> {
  const file = join(runDir, IMPORTED_FILE)
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    return { ok: false, error: readFailure(file, error) }
  }
  const outcomes: ImportedOutcome[] = []
  for (const [index, line] of text.split('\n').entries()) {
    if (line === '') continue
    const outcome = outcomeOf(line)
    if (outcome === undefined) return { ok: false, error: corruptLine(file, index + 1, 'not an imported outcome') }
    outcomes.push(outcome)
  }
  return { ok: true, value: outcomes }
}

function outcomeOf(line: string): ImportedOutcome | undefined {
  try {
    const parsed = importedOutcomeSchema.safeParse(JSON.parse(line))
    return parsed.success ? (parsed.data as ImportedOutcome) : undefined
  } catch {
    return undefined
  }
}
