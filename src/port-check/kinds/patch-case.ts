import { z } from 'zod'
import type { JsonObject } from '../../contracts/json.ts'
import { type Tree, treeSchema } from '../corpus/tree.ts'
import { caseFields } from './case-fields.ts'

/** A text, or bytes that are none. */
export const bytesSchema = z.union([z.string(), z.strictObject({ b64: z.base64() })])
export type Bytes = z.infer<typeof bytesSchema>

const invoke = z.discriminatedUnion('mode', [
  z.object({ mode: z.literal('arg'), patch: bytesSchema }),
  z.object({
    mode: z.literal('argv0'),
    argv0: z.string().optional(),
    args: z.array(bytesSchema).default([]),
    stdin: bytesSchema.optional(),
  }),
])

const recordedRun = z.object({
  exit: z.int(),
  stdout: z.string(),
  stderr: z.string(),
  tree: treeSchema.optional(),
  tree_unchanged: z.boolean().optional(),
})
type RecordedRun = z.infer<typeof recordedRun>

/** What a case gives to the program. */
export const patchInput = z.object({
  input: treeSchema,
  invoke,
  env: z.record(z.string(), z.string()).optional(),
  user: z.literal('nobody').optional(),
})

const patchCase = z.object({
  ...caseFields,
  ...patchInput.shape,
  category: z.string().default('other'),
  expect: z.record(z.string(), z.union([z.object({ same: z.literal(true) }), recordedRun])),
})
export type PatchCase = z.infer<typeof patchCase>

export function readPatchCase(line: JsonObject): PatchCase {
  const one = patchCase.parse(line)
  for (const version of Object.keys(one.expect)) recordedRunOf(one, version)
  return one
}

/** What a version did; `same: true` means the same as the other version. */
export function recordedRunOf({ id, expect }: PatchCase, version: string): RecordedRun {
  const own = expect[version]
  const run = own && 'same' in own ? Object.values(expect).find(other => !('same' in other)) : own
  if (run !== undefined && !('same' in run)) return run
  throw new z.ZodError([
    { code: 'custom', path: ['expect', version], message: `nothing is recorded for ${id}`, input: expect },
  ])
}

/** The tree a version left; absent where the corpus has none. */
export function treeAfter({ tree, tree_unchanged }: RecordedRun, input: Tree): Tree | undefined {
  return tree_unchanged ? input : tree
}

/** Placeholders are filled in texts only: bytes mean themselves. */
export function filledBytes(bytes: Bytes, filled: (text: string) => string): Bytes {
  return typeof bytes === 'string' ? filled(bytes) : bytes
}
