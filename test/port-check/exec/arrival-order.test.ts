import { expect, test } from 'vitest'
import { isSameButForOrder, type OutputPiece } from '../../../src/port-check/exec/arrival-order.ts'

const out = (text: string, atMs: number): OutputPiece => ({ stream: 'stdout', text, atMs })
const err = (text: string, atMs: number): OutputPiece => ({ stream: 'stderr', text, atMs })

test('what came at the same moment may come in either order', () => {
  expect(isSameButForOrder('e\no\n', 'o\ne\n', [out('o\n', 0), err('e\n', 3)])).toBe(true)
  expect(isSameButForOrder('1a2b', '12ab', [out('12', 0), err('ab', 3)])).toBe(true)
})

test('what came later comes later', () => {
  expect(isSameButForOrder('e\no\n', 'o\ne\n', [out('o\n', 0), err('e\n', 150)])).toBe(false)
})

test('one stream keeps its own order, and nothing is lost', () => {
  expect(isSameButForOrder('21a', '12a', [out('12', 0), err('a', 3)])).toBe(false)
  expect(isSameButForOrder('1a', '12a', [out('12', 0), err('a', 3)])).toBe(false)
})

test('a port that tells nothing of its output has to have the very same', () => {
  expect(isSameButForOrder('ab', 'ba', [])).toBe(false)
  expect(isSameButForOrder('ab', 'ab', [])).toBe(true)
})
