import { expect, test } from 'vitest'
import { explainParseError, explainVmParseError } from '../../../src/script-engine/failure/parse-advice.ts'

test.each([
  ["Expected ';', '}' or <eof>", 'Expected a line break or `;`'],
  ['Unexpected eof', 'Unexpected end of the script'],
  ['Unexpected token `)`. Expected this, import, async, function', 'Unexpected token `)`'],
  ['The angle-bracket syntax for type assertions, x', '`<T>expr` is not supported; write `expr as T` instead'],
  ["undefined private field '#a'", 'the class has no private field `#a`'],
  ['something new', 'something new'],
])('"%s" in plain words', (message, plain) => {
  expect(explainParseError(message)).toBe(plain)
})

test('what to write instead follows the message', () => {
  expect(explainParseError('TypeScript enum is not supported in strip-only mode')).toBe(
    "enum is not supported; write a constant object instead: `const Color = { Red: 'red' } as const`",
  )
  expect(explainParseError("'import', and 'export' cannot be used outside of module code")).toMatch(
    /^`import` and `export` are not supported; a script has no modules: /,
  )
})

test("QuickJS's parser: a name that is declared twice is named, if it is at the place", () => {
  expect(explainVmParseError('invalid redefinition of lexical identifier', 'count = 1')).toBe(
    '`count` is declared twice',
  )
  expect(explainVmParseError('invalid redefinition of lexical identifier', '(')).toBe(
    'invalid redefinition of lexical identifier',
  )
  expect(explainVmParseError('invalid character', '@log class A {}')).toMatch(/^Decorators are not supported; call/)
})
