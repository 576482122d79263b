import { expect, test } from 'vitest'
import { codeLines } from '../../../src/port-check/comparison/code-lines.ts'

const count = (file: string, ...lines: string[]) => codeLines(file, lines.join('\n'))

test('blank lines and comments are no code', () => {
  expect(count('a.ts', '// no', '', 'const a = 1 // yes', '/* no', ' no */', '/* no */ const b = 2')).toBe(2)
})

test('a comment may begin right behind another', () => {
  expect(count('a.rs', '/* no */ /* no', 'no */ fn main() {}', '/*/ no', '*/')).toBe(1)
})

test('a glob in a text opens no comment', () => {
  expect(count('a.js', "const glob = 'src/**/*.ts'", 'const more = 1')).toBe(2)
})

test('of Python, texts in triple quotes at the beginning of a line are comments', () => {
  expect(count('a.py', '"""no', 'no"""', '# no', 'def a():', '    """no"""', '    return """', '# yes', '"""')).toBe(4)
})

test('programs without an extension are told by their first line', () => {
  expect(count('port', '#!/usr/bin/env node', '// no', 'run()')).toBe(2)
  expect(count('port', '#!/usr/bin/python3', 'run()')).toBe(1)
})

test('what is no known source has no lines', () => {
  expect(count('port.bin', 'x')).toBeUndefined()
})
