import type { JsonObject } from '../../contracts/json.ts'
import { treeJson } from '../corpus/tree.ts'
import { patchInput } from '../kinds/patch-case.ts'
import type { Fuzzer } from './fuzzer.ts'
import { type Invocation, patchScripts } from './patch-script.ts'
import { quirkTags } from './quirk-tags.ts'
import { renderPatch } from './render-patch.ts'
import { renderTree, treeScripts } from './tree-script.ts'

/** Trees and patches for them: good ones, nearly good ones, and such with accidents. */
export const patchFuzzer: Fuzzer = {
  kind: 'applyPatch',
  cases: fc =>
    fc.record({ treeScript: treeScripts(fc), patchScript: patchScripts(fc) }).map(({ treeScript, patchScript }) => {
      const tree = renderTree(treeScript)
      const invoke = invokedWith(renderPatch(patchScript, tree), patchScript.invocation)
      return { line: { category: 'fuzz', tags: [], input: treeJson(tree), invoke } }
    }),
  tagsOf: (line, folder) => quirkTags(patchInput.parse(line).invoke, folder),
}

function invokedWith(patch: string, invocation: Invocation): JsonObject {
  // An argument cannot contain NUL.
  switch (patch.includes('\0') ? 'input' : invocation) {
    case 'arg':
      return { mode: 'arg', patch }
    case 'input':
      return { mode: 'argv0', args: [], stdin: patch }
    case 'named':
      return { mode: 'argv0', args: [patch] }
    case 'alias':
      return { mode: 'argv0', argv0: 'applypatch', args: [patch], stdin: 'not read' }
    case 'two-arguments':
      return { mode: 'argv0', args: [patch, 'more'] }
    case 'broken-bytes':
      return {
        mode: 'argv0',
        args: [],
        stdin: { b64: Buffer.concat([Buffer.from(patch), NO_UTF8]).toString('base64') },
      }
    case 'nothing':
      return { mode: 'argv0', args: [], stdin: '' }
  }
}

const NO_UTF8 = Buffer.from([0xe2, 0x28, 0xa1])
