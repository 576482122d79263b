import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { UserError } from '../../../src/contracts/errors.ts'
import type { Mutation } from './mutation.ts'

const entry = z
  .strictObject({
    /** Relative to the folder of sources. */
    file: z.string(),
    /** A part of the lines that change, or several of which one is. */
    code: z.union([z.string().min(1), z.array(z.string().min(1)).nonempty()]).optional(),
    /** The function that changes, all of it, or several. */
    within: z.union([z.string().min(1), z.array(z.string().min(1)).nonempty()]).optional(),
    operators: z.array(z.string()).nonempty().optional(),
    /** What the mutant has instead, where other changes would be noticed. */
    becomes: z.string().optional(),
    why: z.string().min(1),
  })
  .refine(({ code, within }) => code !== undefined || within !== undefined, 'expected code or within')
export type EquivalentMutants = z.infer<typeof entry>

const OWN_FILE = join(import.meta.dirname, '..', '..', '..', 'fixtures', 'ports', 'equivalent-mutants.yaml')

/** The changes that no recorded case can notice, with the reasons. Throws a `UserError` that names the field. */
export async function readEquivalentMutants(file = OWN_FILE): Promise<EquivalentMutants[]> {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new UserError('file-not-found', `${file}: cannot be read (${error.message}).`)
  })
  const parsed = z.array(entry).safeParse(parse(text) ?? [])
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map(({ path, message }) => `${path.map(String).join('.')}: ${message}`)
  throw new UserError('usage', `${file}: ${problems.join('; ')}`)
}

export function isEquivalent(mutation: Mutation, entries: readonly EquivalentMutants[]): boolean {
  return entries.some(one => covers(one, mutation))
}

/** Entries that no mutation falls under any more. */
export function staleEntries(
  entries: readonly EquivalentMutants[],
  mutations: readonly Mutation[],
): EquivalentMutants[] {
  return entries.filter(one => !mutations.some(mutation => covers(one, mutation)))
}

function covers({ file, code, within, operators, becomes }: EquivalentMutants, mutation: Mutation): boolean {
  return (
    mutation.file.replace(/\.js$/, '.ts') === file &&
    (code === undefined || [code].flat().some(part => mutation.before.includes(part))) &&
    (within === undefined || [within].flat().includes(mutation.within)) &&
    (operators === undefined || operators.includes(mutation.operator)) &&
    (becomes === undefined || mutation.after.includes(becomes))
  )
}
