import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { Script } from 'node:vm'
import { expect, test } from 'vitest'
import { preparePlain, prepareScript } from '../../../src/script-engine/source/prepare-script.ts'

function failureOf(source: string) {
  const preparation = prepareScript(source)
  if (preparation.ok) throw new Error('it parses')
  return preparation.failure
}

test.each([
  ['const a: = 1', 1, 10, 'Unexpected token `=`'],
  ['\tconst a: = 1', 1, 11, 'Unexpected token `=`'],
  ['const s = "日本語"; const a: = 1', 1, 27, 'Unexpected token `=`'],
  ['const s = "👩‍👩‍👧"; const a: = 1', 1, 32, 'Unexpected token `=`'],
  ['// c\r\nconst a: = 1', 2, 10, 'Unexpected token `=`'],
  ['const x = 1\n\t\tconst a: = 1', 2, 12, 'Unexpected token `=`'],
  ['foo(\n  1,\n  2', 3, 4, "Expected ',', got the end of the script"],
  ['return 1 }', 1, 11, 'Unexpected `}`: it closes a block that was never opened'],
  ['for (const x of y) {\n  foo(x)', 2, 9, "Expected '}', got the end of the script"],
  ['const a = {\n  b: 1\n  c: 2\n}', 3, 3, "Expected ',', got 'c'"],
  ['const x = {a b}', 1, 14, 'Unexpected token `b`'],
  ['/* open', 1, 8, 'Unterminated block comment'],
])('%j does not parse at its place', (source, line, column, message) => {
  expect(failureOf(source)).toMatchObject({ class: 'parse', line, column, message })
})

test('code keeps every line and column of its source', () => {
  const source = 'const a: number = 1\n  const b = a as unknown as string\nreturn b'
  const preparation = prepareScript(source)
  if (!preparation.ok) throw new Error(preparation.failure.message)
  const { code, prefixLength } = preparation.script
  const lines = code.slice(prefixLength).split('\n')
  expect(lines[0]).toBe('const a         = 1')
  expect(lines[1]?.trimEnd()).toBe('  const b = a')
  expect(lines[2]).toBe('return b')
})

test.each([
  '}, async () => {',
  '}); (async () => {',
  '} async function b() {',
  '}\nclass A {',
  'return 1 })(), (async () => {',
  'const n: number = 1 }, async (n: number) => {',
  'const n: number = 1 }\nasync function b(n: number) {',
])('a source that closes its wrapper does not run: %j', source => {
  expect(preparePlain(source)).toBeUndefined()
  const preparation = prepareScript(source)
  // What fits one wrapper does not parse in the other, in which it would run.
  if (preparation.ok) expect(() => new Script(preparation.script.code)).toThrow(SyntaxError)
  else expect(preparation.failure.class).toBe('parse')
})

test('the warning that Node calls its stripping experimental is not shown', () => {
  const file = join(import.meta.dirname, '../../../src/script-engine/source/strip-types.ts')
  const program = `const { stripTypes } = await import(${JSON.stringify(file)}); stripTypes('1'); process.emitWarning('kept')`
  const { stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' })
  expect(stderr).not.toContain('stripTypeScriptTypes')
  expect(stderr).toContain('kept')
})
