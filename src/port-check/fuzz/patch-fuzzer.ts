import type { JsonObject } from '../../contracts/json.ts'
import { patchInput } from '../kinds/patch-case.ts'
import { treeJson } from '../tree.ts'
import type { Fuzzer } from './fuzzer.ts'
import { patchScripts } from './patch-script.ts'
import { quirkTags } from './quirk-tags.ts'
import { renderPatch } from './render-patch.ts'
import { renderTree, treeScripts } from './tree-script.ts'

/** Trees and patches for them: good ones, nearly good ones, and such with accidents. */
export const patchFuzzer: Fuzzer = {
  kind: 'applyPatch',
  cases: fc =>
    fc.record({ treeScript: treeScripts(fc), patchScript: patchScripts(fc) }).map(({ treeScript, patchScript }) => {
      const tree = renderTree(treeScript)
      const patch = renderPatch(patchScript, tree)
      // An argument can hold no NUL.
      const isByStdin = patchScript.isByStdin || patch.includes('\0')
      const invoke: JsonObject = isByStdin ? { mode: 'argv0', args: [], stdin: patch } : { mode: 'arg', patch }
      return { line: { category: 'fuzz', tags: [], input: treeJson(tree), invoke } }
    }),
  tagsOf: (line, folder) => quirkTags(patchInput.parse(line).invoke, folder),
}
