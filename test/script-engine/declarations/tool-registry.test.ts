import { countTokens } from 'gpt-tokenizer/encoding/o200k_base'
import { expect, test } from 'vitest'
import { createToolRegistry } from '../../../src/script-engine/declarations/tool-registry.ts'

const registry = createToolRegistry(
  ['exec', 'applyPatch', 'readFile', 'listDir', 'grepFiles', 'fileSearch'].map(name => {
    return {
      name,
      description: '',
      inputSchema: {},
      resultSchema: {},
      effect: name === 'exec' ? 'write' : 'read',
    } as const
  }),
)

test.each([
  ['read_file', 'readFile'],
  ['ReadFile', 'readFile'],
  ['redFile', 'readFile'],
  ['apply_patch', 'applyPatch'],
  ['execute', 'exec'],
  ['grep', 'grepFiles'],
  ['listDirectory', 'listDir'],
])('%s is nearest to %s', (name, nearest) => {
  expect(registry.unknownTool(name).message).toMatch(new RegExp(`did you mean tools\\.${nearest}\\b`))
})

test('a name like no other gets the list', () => {
  expect(registry.unknownTool('zzzzqqqq').message).toContain('there are tools.exec, tools.applyPatch')
})

test('effects are known, and a script without tools is told', () => {
  expect([registry.effectOf('exec'), registry.effectOf('readFile'), registry.effectOf('nope')]).toEqual([
    'write',
    'read',
    undefined,
  ])
  expect(createToolRegistry([]).unknownTool('x').message).toContain('no tools')
})

test('it declares its tools, each once, and counts what that costs', () => {
  const tool = { name: 'look', description: 'Old.', inputSchema: {}, resultSchema: {}, effect: 'read' } as const
  const look = createToolRegistry([tool, { ...tool, description: 'Looks.', effect: 'write' }])
  expect(look.names).toEqual(['look'])
  expect(look.effectOf('look')).toBe('write')
  expect(look.declare().match(/look\(/g)).toHaveLength(1)
  expect(look.declare()).toContain('/** Looks. */')
  expect(look.tokens(text => text.length)).toBe(look.declare().length)
  expect(look.tokens(countTokens)).toBeGreaterThan(createToolRegistry([]).tokens(countTokens))
})
