import { expect, test } from 'vitest'
import { canonicalJson, digestOf, sha256 } from '../../src/base/digest.ts'

test('the order of keys and undefined fields do not change a digest; the order of a list does', () => {
  const value = { b: [1, { d: null, c: 'x' }], a: undefined }
  expect(canonicalJson(value)).toBe('{"b":[1,{"c":"x","d":null}]}')
  expect(digestOf(value)).toBe(digestOf({ b: [1, { c: 'x', d: null }] }))
  expect(digestOf([1, 2])).not.toBe(digestOf([2, 1]))
})

test('text and its UTF-8 bytes have one digest, the known one', () => {
  expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  expect(sha256(new TextEncoder().encode('é'))).toBe(sha256('é'))
})
