import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readPortSpec } from '../../../src/port-check/port/port-spec.ts'
import { PROJECT_ROOT } from '../../helpers/run-cli.ts'

const PYTHON_PORT = 'docs/examples/port-list-dir.py'

test('our own tools, in either profile or in the one that is asked for', () => {
  expect(readPortSpec()).toMatchObject({ kind: 'module', name: 'built-in' })
  expect(readPortSpec('built-in')).toEqual(readPortSpec())
  expect(readPortSpec('built-in:0.55')).toMatchObject({ kind: 'module', name: 'built-in:0.55', profile: '0.55' })
})

test('a command’s files are found from any folder, quoted words stay together', () => {
  expect(readPortSpec(`python3 ${PYTHON_PORT} 'a b'`)).toEqual({
    kind: 'command',
    words: ['python3', join(PROJECT_ROOT, PYTHON_PORT), 'a b'],
  })
})

test.each([
  ['built-in:9', 'portB built-in:9: unknown profile; expected built-in, built-in:0.169, built-in:0.55.'],
  ['./nowhere.ts', 'portB ./nowhere.ts: file not found'],
  [' ', 'portB: expected a module or a command'],
])('%j is a mistake', (spec, message) => {
  expect(() => readPortSpec(spec, 'portB')).toThrow(message)
})
