import { expect, test } from 'vitest'
import { crashOf, failureOf, isIrregular } from '../../../src/script-engine/vm/vm-failure.ts'

const errorOf = (name: string, message: string) => ({ name, message, stack: '' })

test.each([
  ['out of memory', 'memory'],
  ['stack overflow', 'stack'],
  ['interrupted', 'interrupted'],
  ['something else', 'thrown'],
])('QuickJS\'s own "%s" is %s', (message, kind) => {
  const error = errorOf('InternalError', message)
  expect(failureOf(error, false)).toEqual({ kind, error })
})

test("the script's own error with the same message is thrown", () => {
  const error = errorOf('Error', 'out of memory')
  expect(failureOf(error, true)).toEqual({ kind: 'thrown', error })
})

test('null or nothing thrown is memory only if the memory is full', () => {
  const error = errorOf('Error', 'null')
  expect(failureOf(error, true)).toEqual({ kind: 'memory' })
  expect(failureOf(undefined, true)).toEqual({ kind: 'memory' })
  expect(failureOf(error, false)).toEqual({ kind: 'thrown', error })
  expect(failureOf(undefined, false)).toMatchObject({
    kind: 'thrown',
    error: { message: expect.stringContaining('changed built-in objects') },
  })
})

test('an error of the host is a full stack, a full memory, or a crash', () => {
  expect(crashOf(new RangeError('Maximum call stack size exceeded'), true)).toEqual({ kind: 'stack' })
  expect(crashOf(new Error('unreachable'), true)).toEqual({ kind: 'memory' })
  expect(crashOf(new Error('unreachable'), false)).toEqual({ kind: 'crashed', message: 'unreachable' })
})

test('only a thrown error leaves the machine as it should be', () => {
  expect(isIrregular(failureOf(errorOf('TypeError', 'x'), false))).toBe(false)
  expect(isIrregular(failureOf(errorOf('InternalError', 'interrupted'), false))).toBe(true)
  expect(isIrregular({ kind: 'memory' })).toBe(true)
  expect(isIrregular({ kind: 'stack' })).toBe(true)
  expect(isIrregular({ kind: 'crashed', message: 'x' })).toBe(true)
})
