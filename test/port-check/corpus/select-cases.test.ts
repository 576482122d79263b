import { expect, test } from 'vitest'
import { CORPUS_KINDS } from '../../../src/port-check/corpus/corpus-kinds.ts'
import { kindFilter, profileOf } from '../../../src/port-check/corpus/select-cases.ts'

test.each([
  ['0.55.0', '0.55'],
  ['0.169.0', '0.169'],
  ['0.99.0', '0.55'],
  ['0.170.2', '0.169'],
  ['1.0.0', '0.169'],
  ['0.40.0', '0.55'],
])('%s is imitated by profile %s', (version, profile) => {
  expect(profileOf(version)).toBe(profile)
})

test('a tool stands for all its kinds of corpus, a kind for itself', () => {
  const wanted = (tools?: string[]) => CORPUS_KINDS.filter(kindFilter(tools)).map(({ name }) => name)
  expect(wanted()).toEqual(CORPUS_KINDS.map(({ name }) => name))
  expect(wanted(['applyPatchTool'])).toEqual(['applyPatchTool'])
  expect(wanted(['applyPatch'])).toEqual(expect.arrayContaining(['applyPatch', 'applyPatchTool']))
  expect(wanted(['listDir', 'readFile']).sort()).toEqual(['listDir', 'readFile'])
})

test('an unknown tool is a mistake that lists the known ones', () => {
  expect(() => kindFilter(['nope'])).toThrow(/^--tool nope: unknown tool; expected one of .*listDir/)
})
