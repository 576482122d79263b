import { expect, test } from 'vitest'
import { parseYaml } from '../../src/suite/yaml-source.ts'

const TEXT = 'name: a\nmodels:\n  - oracle\n  - spec: nop\n    parameters: {}\n'

test('the line of a value, of a key, and of the nearest ancestor that exists', () => {
  const { value, lineOf } = parseYaml('s.yaml', TEXT)
  expect(value).toEqual({ name: 'a', models: ['oracle', { spec: 'nop', parameters: {} }] })
  expect(lineOf(['models', 0])).toBe(3)
  expect(lineOf(['models', 1, 'parameters'])).toBe(5)
  expect(lineOf(['models'], { ofKey: true })).toBe(2)
  expect(lineOf(['models', 1, 'absent', 'deeper'])).toBe(4)
  expect(lineOf(['absent'])).toBe(1)
})

test.each([
  ['a: [1', /^s\.yaml:1:\d+: not valid YAML: /],
  ['a: 1\na: 2\n', /^s\.yaml:2:1: not valid YAML: /],
  ['a: 1\n__proto__: {}\n', /^s\.yaml:2: __proto__: a key cannot have this name/],
])('%j is refused with its place', (text, message) => {
  expect(() => parseYaml('s.yaml', text)).toThrow(message)
})
