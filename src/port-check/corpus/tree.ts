import { z } from 'zod'
import { isObject } from '../../base/json-fields.ts'
import type { JsonObject } from '../../contracts/json.ts'

/** A file as text (`f`) or base64 (`f64`), an empty folder (`d`), a link (`l`), a named pipe (`p`); `m` is a mode. */
export interface TreeEntry {
  f?: string | undefined
  f64?: string | undefined
  d?: number | boolean | undefined
  l?: string | undefined
  p?: number | undefined
  m?: string | undefined
}

/** Paths relative to the case's working directory → what is there. Has no prototype: `__proto__` is a file's name. */
export type Tree = Record<string, TreeEntry>

const entrySchema = z
  .strictObject({
    f: z.string(),
    f64: z.base64(),
    d: z.union([z.literal(1), z.literal(true)]),
    l: z.string(),
    p: z.literal(1),
    m: z.string().regex(/^[0-7]{1,4}$/, 'expected an octal mode such as 600'),
  })
  .partial()
  .refine(
    ({ m: _, ...kinds }) => Object.keys(kinds).length === 1,
    'expected exactly one of f (text), f64 (base64), d (folder), l (link), p (pipe)',
  )
const fileOrEntry = z.union([z.string().transform(f => ({ f })), entrySchema])

/** A tree of a corpus; a plain text is a file. Not a `z.record`, which would drop `__proto__`. */
export const treeSchema: z.ZodType<Tree> = z
  .custom<object>(isObject, 'expected an object of paths')
  .transform((given, ctx) => {
    const entries: [string, TreeEntry][] = []
    for (const [path, value] of Object.entries(given)) {
      const parsed = fileOrEntry.safeParse(value)
      if (parsed.success) entries.push([path, parsed.data])
      else
        for (const { message, path: at } of parsed.error.issues)
          ctx.addIssue({ code: 'custom', message, path: [path, ...at] })
    }
    return treeOf(entries)
  })

/** Sorted by path, so that equal trees are written the same way. */
export function treeOf(entries: Iterable<readonly [string, TreeEntry]>): Tree {
  const tree: Tree = Object.create(null)
  const sorted = [...entries].sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0))
  for (const [path, entry] of sorted) tree[path] = entry
  return tree
}

/** The same as a part of a JSON document. */
export function treeJson(tree: Tree): JsonObject {
  return tree as unknown as JsonObject
}

/** Modes that a fresh file, folder or program has anyway. */
export function isUsualMode(octal: string): boolean {
  return octal === '644' || octal === '755'
}
