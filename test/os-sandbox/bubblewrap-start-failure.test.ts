import { expect, test } from 'vitest'
import { bubblewrapStartFailure } from '../../src/os-sandbox/bubblewrap-start-failure.ts'
import type { RawResult } from '../../src/os-sandbox/run-process.ts'

function ended(stderr: string, change: { exitCode?: number; stdout?: string } = {}): RawResult {
  const bytes = (text: string) => new TextEncoder().encode(text)
  return {
    end: { kind: 'exited', exitCode: change.exitCode ?? 1 },
    stdout: bytes(change.stdout ?? ''),
    stderr: bytes(stderr),
  } as RawResult
}

test.each([
  ['bwrap: execvp nothing: No such file or directory\n', 'ENOENT'],
  ['bwrap: execvp ./script: Permission denied\n', 'EACCES'],
  ["bwrap: Can't chdir to /workspace/x: Not a directory\n", 'ENOTDIR'],
  ['bwrap: setting up uid map: Something new\n', 'SANDBOX'],
])('%j is a program that did not start: %s', (line, code) => {
  expect(bubblewrapStartFailure(ended(line))).toEqual({
    kind: 'spawn-failed',
    code,
    message: line.slice('bwrap: '.length, -1),
  })
})

test('any other output is the command’s own', () => {
  const line = 'bwrap: execvp x: No such file or directory\n'
  expect(bubblewrapStartFailure(ended(line, { exitCode: 2 }))).toBeUndefined()
  expect(bubblewrapStartFailure(ended(line, { stdout: 'x' }))).toBeUndefined()
  expect(bubblewrapStartFailure(ended(`${line}more\n`))).toBeUndefined()
  expect(bubblewrapStartFailure(ended('grep: x: No such file or directory\n'))).toBeUndefined()
})
