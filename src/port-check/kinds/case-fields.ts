import { z } from 'zod'
import type { JsonObject } from '../../contracts/json.ts'
import { treeSchema } from '../corpus/tree.ts'

/** What cases of all corpora have. */
export const caseFields = {
  id: z.string().min(1),
  tags: z.array(z.string()).default([]),
  unstable: z.union([z.boolean(), z.array(z.string())]).default(false),
}

/** A tree that several cases start from, as the header names it. */
const namedTree = z.strictObject({
  tree: treeSchema,
  fifo: z.array(z.string()).default([]),
  mtime: z.boolean().default(false),
})
export type NamedTree = z.infer<typeof namedTree>

/** `trees` of a header, in either of its two forms. */
export const namedTrees = z
  .record(z.string(), z.union([namedTree, treeSchema.transform(tree => ({ tree, fifo: [], mtime: false }))]))
  .default({})

/** The versions a header names, else those of the era the tool comes from. */
export const oracle = z
  .record(z.string().regex(/^\d+\.\d+\.\d+/, 'expected a version such as 0.55.0'), z.unknown())
  .optional()

export function isUnstableIn(unstable: boolean | readonly string[]): (version: string) => boolean {
  return version => (typeof unstable === 'boolean' ? unstable : unstable.includes(version))
}

export function has(line: JsonObject, ...names: readonly string[]): boolean {
  return names.every(name => Object.hasOwn(line, name))
}
