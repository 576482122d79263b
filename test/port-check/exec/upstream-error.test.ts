import { expect, test } from 'vitest'
import { upstreamError } from '../../../src/port-check/exec/upstream-error.ts'

test.each([
  ['No such file or directory', 'Os { code: 2, kind: NotFound, message: "No such file or directory" }'],
  ['Argument list too long', 'Os { code: 7, kind: ArgumentListTooLong, message: "Argument list too long" }'],
  ['Exec format error', 'Os { code: 8, kind: Uncategorized, message: "Exec format error" }'],
  ['Permission denied', 'Os { code: 13, kind: PermissionDenied, message: "Permission denied" }'],
  ['Not a directory', 'Os { code: 20, kind: NotADirectory, message: "Not a directory" }'],
])('"%s" at the end of a message is shown as Rust does', (words, cause) => {
  expect(upstreamError({ message: `cannot run x: ${words}` })).toBe(`execution error: Io(${cause})`)
  expect(upstreamError({ message: `${words} (x)` })).toBe(`${words} (x)`)
})

test('null bytes are named anywhere in the message', () => {
  expect(upstreamError({ code: 'failed', message: 'must be a string without null bytes. Received x' })).toBe(
    'execution error: Io(Error { kind: InvalidInput, message: "nul byte found in provided data" })',
  )
})

test('any other message is shown as it is', () => {
  expect(upstreamError({ message: 'exec was refused' })).toBe('exec was refused')
})
