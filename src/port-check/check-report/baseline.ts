import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { defined } from '../../base/defined.ts'
import { UserError } from '../../contracts/errors.ts'
import type { PortCheck } from '../check/check-ports.ts'
import type { CheckedCase } from '../check/check-unit.ts'

/** An earlier report, as far as it is compared. */
const baselineSchema = z.object({
  by_category: z.record(z.string(), z.unknown()),
  differences: z.array(
    z.object({
      id: z.string(),
      tool: z.string(),
      version: z.string().optional(),
      kind: z.enum(['text_only', 'behaviour', 'error']),
    }),
  ),
})
type Baseline = z.infer<typeof baselineSchema>

type BaselineVerdict = 'same' | Baseline['differences'][number]['kind']

/** A case with another verdict than in the baseline. */
export interface Flip {
  id: string
  tool: string
  version?: string
  before: BaselineVerdict
  after: BaselineVerdict
  isRegression: boolean
}

/** Reads what an earlier `ports check --json` printed. Throws a `UserError` for anything else. */
export async function readBaseline(file: string): Promise<Baseline> {
  const expected = 'expected the output of `ports check --json`'
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new UserError('file-not-found', `--baseline ${file}: cannot be read (${error.message}); ${expected}.`)
  })
  const value = parseJson(text)
  if (value === undefined) throw new UserError('usage', `--baseline ${file}: not valid JSON; ${expected}.`)
  const parsed = baselineSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new UserError(
    'usage',
    `--baseline ${file}: ${issue?.path.join('.') || 'the file'}: ${issue?.message}; ${expected}.`,
  )
}

/** What changed since the baseline. Categories it did not check are left out. */
export function flipsSince(baseline: Baseline, { cases }: PortCheck): Flip[] {
  const before = new Map(baseline.differences.map(one => [keyOf(one), one.kind]))
  return cases.flatMap(one => {
    const after = toolResultOf(one)
    if (after === undefined || !Object.hasOwn(baseline.by_category, `${one.tool}/${one.category}`)) return []
    const was = before.get(keyOf(one)) ?? 'same'
    if (was === after) return []
    const { id, tool, version } = one
    const isRegression = SEVERITY[after] > SEVERITY[was]
    return [{ id, tool, ...defined({ version }), before: was, after, isRegression }]
  })
}

const SEVERITY: Record<BaselineVerdict, number> = { same: 0, text_only: 1, behaviour: 2, error: 3 }

const STANDING: Record<CheckedCase['verdict']['kind'], BaselineVerdict | undefined> = {
  identical: 'same',
  deviation: 'same',
  'text-only': 'text_only',
  behaviour: 'behaviour',
  error: 'error',
  unstable: undefined,
  'not-checked': undefined,
}

function toolResultOf({ verdict }: CheckedCase): BaselineVerdict | undefined {
  return STANDING[verdict.kind]
}

function keyOf({ tool, id, version = '' }: { tool: string; id: string; version?: string | undefined }): string {
  return [tool, id, version].join('\0')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
