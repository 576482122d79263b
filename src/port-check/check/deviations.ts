import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { parse } from 'yaml'
import { z } from 'zod'
import { UserError } from '../../contracts/errors.ts'
import type { JsonValue } from '../../contracts/json.ts'
import type { CaseOutcome, PortCase } from '../corpus/corpus-kind.ts'
import { PORT_PROFILES, type PortProfile } from '../port/port-protocol.ts'
import type { Difference } from './compare-outcome.ts'

const regex = z.string().transform((source, ctx) => {
  try {
    return new RegExp(source, 's')
  } catch (error) {
    ctx.addIssue({ code: 'custom', message: `expected a regular expression: ${(error as Error).message}` })
    return z.NEVER
  }
})

const PARTS = ['exit', 'text', 'result', 'tree', 'events'] as const

const rule = z
  .strictObject({
    /** A tag or the category of the case. */
    tag: z.string().optional(),
    /** Matches what upstream did, or what the port did, as JSON. */
    upstream: regex.optional(),
    ours: regex.optional(),
  })
  .refine(given => Object.keys(given).length > 0, 'expected at least one of tag, upstream, ours')

const deviation = z
  .strictObject({
    id: z.string(),
    /** The kind of corpus: applyPatch, readFile, … */
    tool: z.string(),
    profile: z.enum(PORT_PROFILES).optional(),
    cases: z.array(z.string()).nonempty().optional(),
    rule: rule.optional(),
    /**
     * What can differ, and nothing else. For trees, `more-files`: files remain that upstream removes; `untouched`:
     * the tree is as before, where upstream has changed it.
     */
    differs: z.array(z.enum([...PARTS, 'more-files', 'untouched'])).nonempty(),
    upstream: z.string().min(1),
    ours: z.string().min(1),
    why: z.string().min(1),
  })
  .refine(given => given.cases !== undefined || given.rule !== undefined, 'expected cases or a rule')
export type Deviation = z.infer<typeof deviation>

const OWN_FILE = join(import.meta.dirname, '..', '..', '..', 'fixtures', 'ports', 'deviations.yaml')

/** The differences that are on purpose. Throws a `UserError` that names the entry and the field. */
export async function readDeviations(file = OWN_FILE): Promise<Deviation[]> {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new UserError('file-not-found', `${file}: cannot be read (${error.message}).`)
  })
  const parsed = z.array(deviation).safeParse(parse(text))
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map(({ path, message }) => `${path.map(String).join('.')}: ${message}`)
  throw new UserError('usage', `${file}: ${problems.join('; ')}`)
}

export interface DeviatingCase {
  kind: string
  case: Pick<PortCase, 'id' | 'category' | 'tags'>
  profile: PortProfile
  outcome: CaseOutcome
  differences: readonly Difference[]
}

/** The entry that a case's differences fall under, all of them. */
export function findDeviation(entries: readonly Deviation[], given: DeviatingCase): Deviation | undefined {
  return entries.find(
    entry => applies(entry, given) && given.differences.every(one => isAllowed(entry, one, given.outcome)),
  )
}

/**
 * Whether an entry is about this case, whatever its outcome.
 * @internal Called by the mutation of our own tools, which is not part of the package.
 */
export function mayDeviate(
  entries: readonly Deviation[],
  given: Pick<DeviatingCase, 'kind' | 'case' | 'profile'>,
): boolean {
  return entries.some(entry => isAbout(entry, given))
}

function isAbout(
  { tool, profile, cases, rule: { tag } = {} }: Deviation,
  given: Pick<DeviatingCase, 'kind' | 'case' | 'profile'>,
): boolean {
  if (tool !== given.kind || (profile !== undefined && profile !== given.profile)) return false
  const { id, tags, category } = given.case
  if (cases !== undefined && !cases.includes(id)) return false
  return tag === undefined || tag === category || tags.includes(tag)
}

function applies(entry: Deviation, given: DeviatingCase): boolean {
  if (!isAbout(entry, given)) return false
  const { rule: wanted } = entry
  if (wanted === undefined) return true
  const shown = (side: 'expected' | 'observed') => {
    const { tree: _, ...rest } = given.outcome[side]
    return JSON.stringify(rest)
  }
  return (wanted.upstream?.test(shown('expected')) ?? true) && (wanted.ours?.test(shown('observed')) ?? true)
}

function isAllowed({ differs }: Deviation, { part, expected }: Difference, { before, observed }: CaseOutcome): boolean {
  if (differs.includes(part)) return true
  if (part !== 'tree') return false
  if (differs.includes('more-files') && isOnlyLess(expected)) return true
  return differs.includes('untouched') && isDeepStrictEqual(before, observed.tree)
}

/** Entries that are missing, and folders that are empty for the lack of them. */
function isOnlyLess(expected: JsonValue | undefined): boolean {
  if (typeof expected !== 'object' || expected === null || Array.isArray(expected)) return false
  const missing = Object.keys(expected).filter(path => expected[path] === null)
  return Object.entries(expected).every(
    ([path, entry]) => entry === null || (isFolder(entry) && missing.some(other => other.startsWith(`${path}/`))),
  )
}

function isFolder(entry: JsonValue | undefined): boolean {
  return typeof entry === 'object' && entry !== null && 'd' in entry
}
