import { z } from 'zod'
import type { CaseIndex, CorpusKind, PortCase } from '../corpus/corpus-kind.ts'
import { type Tree, treeSchema } from '../corpus/tree.ts'
import { PortFault } from '../port/port-fault.ts'
import type { PortReply } from '../port/port-protocol.ts'
import { caseFields, has, isUnstableIn } from './case-fields.ts'
import { filledBytes, type PatchCase, readPatchCase, recordedRunOf, treeAfter } from './patch-case.ts'

const recorded = z.object({
  model_output: z.string(),
  /** The standalone program of the same version left another tree; then `tree` is here. */
  verify_differs: z.boolean().default(false),
  tree: treeSchema.optional(),
})

const toolCase = z.object({ ...caseFields, case: z.string(), expect: z.record(z.string(), recorded) })
type ToolCase = z.infer<typeof toolCase>

/** The `apply_patch` tool of a session: what the model is shown, the tree. Its patches are in another corpus. */
export const applyPatchTool: CorpusKind = {
  name: 'applyPatchTool',
  tool: 'applyPatch',
  corpora: ['apply_patch tool call (freeform)', 'applyPatchTool'],
  fits: line => has(line, 'case', 'expect'),
  open: (_, index) => line => readToolCase(line, index),
}

function readToolCase(line: unknown, index: CaseIndex): PortCase {
  const one = toolCase.parse(line)
  const found = index.find(one.case)
  if (found === undefined) {
    const message = `expected the id of a case of an apply_patch corpus, got ${one.case}; also give that corpus, or put it next to this one`
    throw new z.ZodError([{ code: 'custom', path: ['case'], message, input: one.case }])
  }
  return portCase(one, readPatchCase(found))
}

function portCase(one: ToolCase, patchCase: PatchCase): PortCase {
  const { invoke, input } = patchCase
  return {
    id: one.id,
    category: patchCase.category,
    tags: [...one.tags, ...patchCase.tags],
    versions: Object.keys(one.expect),
    isUnstable: isUnstableIn(one.unstable),
    async prepare(folder) {
      folder.write(input)
      if (patchCase.user === 'nobody') folder.giveToNobody()
    },
    async run({ folder, version, call }) {
      const { model_output, verify_differs, tree: ownTree } = one.expect[version] as z.infer<typeof recorded>
      const patch = filledBytes(
        invoke.mode === 'arg' ? invoke.patch : (invoke.args[0] ?? invoke.stdin ?? ''),
        folder.filled,
      )
      if (typeof patch !== 'string') throw new PortFault('not-run', 'a patch of a tool call is a text')
      const reply = await call({ tool: 'applyPatch', args: { patch } })
      const tree = ownTree ?? (verify_differs ? undefined : sameTree(patchCase, version))
      return {
        before: folder.comparable(input),
        expected: { ...shown(model_output), ...(tree && { tree: folder.comparable(tree) }) },
        observed: { ...shown(folder.emptied(modelText(reply))), ...(tree && { tree: folder.read() }) },
      }
    },
  }
}

function sameTree(patchCase: PatchCase, version: string): Tree | undefined {
  return treeAfter(recordedRunOf(patchCase, version), patchCase.input)
}

/** Refused before anything was tried, or tried: then the text has an exit code. */
function shown(output: string) {
  return { exit: /^Exit code: (\d+)\n/.exec(output)?.[1] ?? 'refused', texts: { output } }
}

/** What never reached the program is shown as it is; the rest is framed as the program's output. */
const REFUSED = /^(?:apply_patch verification failed: |patch rejected|apply_patch environment)/

function modelText(reply: PortReply): string {
  if (reply.ok) return framed(0, reply.text ?? '')
  const { message } = reply.error
  return REFUSED.test(message) ? message : framed(1, `${message}\n`)
}

function framed(exitCode: number, text: string): string {
  return `Exit code: ${exitCode}\nWall time: {{S}} seconds\nOutput:\n${text}`
}
