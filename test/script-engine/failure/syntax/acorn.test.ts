import { expect, test } from 'vitest'
import { acorn, PARSER_OPTIONS } from '../../../../src/script-engine/failure/syntax/acorn.ts'

test('the parser is loaded once', () => {
  expect(acorn()).toBe(acorn())
})

test.each(['await tools.echo({})', 'return 1', 'for await (const x of []) {}'])('%s is a program', source => {
  expect(() => acorn().parse(source, PARSER_OPTIONS)).not.toThrow()
})

test.each(['import a from "b"', 'return (', 'const a: number = 1'])('%s is not a program', source => {
  expect(() => acorn().parse(source, PARSER_OPTIONS)).toThrow(SyntaxError)
})
