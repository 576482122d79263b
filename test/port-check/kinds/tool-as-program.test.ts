import { expect, test } from 'vitest'
import type { Tree } from '../../../src/port-check/corpus/tree.ts'
import { readPatchCase } from '../../../src/port-check/kinds/patch-case.ts'
import { endByTool, standInPatch } from '../../../src/port-check/kinds/tool-as-program.ts'

const PATCH = '*** Begin Patch\n*** Delete File: a.txt\n*** End Patch'

function patchCase(input: Tree = { 'a.txt': { f: 'x\n' } }) {
  const invoke = { mode: 'arg', patch: PATCH }
  return readPatchCase({ id: 'p', input, invoke, expect: {} } as never)
}

test('a tool is given the argument, or the input where there is none', () => {
  expect(standInPatch(patchCase(), [PATCH], '')).toBe(PATCH)
  expect(standInPatch(patchCase(), [], PATCH)).toBe(PATCH)
})

test.each([
  ['two arguments', [PATCH, 'x'], ''],
  ['no patch at all', [], ''],
  ['bytes that are not text', [{ b64: '/w==' }], ''],
  ['a path twice', [`${PATCH}\n*** Add File: ./a.txt\n+x`], ''],
  ['an environment', [`${PATCH}\n*** Environment ID: e`], ''],
] as const)('a tool cannot take the place of the program for %s', (_, args, stdin) => {
  expect(standInPatch(patchCase(), args, stdin)).toBeUndefined()
})

test('nor for files that are not UTF-8', () => {
  expect(standInPatch(patchCase({ 'a.txt': { f64: '/w==' } }), [PATCH], '')).toBeUndefined()
})

test.each([
  ['apply_patch verification failed: invalid patch: no end', 'Invalid patch: no end\n'],
  ['apply_patch verification failed: invalid hunk at line 3, odd', 'Invalid patch hunk on line 3: odd\n'],
  ['apply_patch verification failed: Failed to read /x/a.txt: gone', 'Failed to delete file /x/a.txt\n'],
  ['apply_patch verification failed: Failed to find context', 'Failed to find context\n'],
  ['patch rejected: empty patch', 'No files were modified.\n'],
  ['something else', 'something else\n'],
])('%j ends the program with %j', (message, stderr) => {
  expect(endByTool({ ok: false, error: { code: 'failed', message } })).toEqual({ exitCode: 1, stdout: '', stderr })
})

test('a success ends the program with its text', () => {
  expect(endByTool({ ok: true, text: 'Success.\n' })).toEqual({ exitCode: 0, stdout: 'Success.\n', stderr: '' })
})
