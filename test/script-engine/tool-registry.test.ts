import { expect, test } from 'vitest'
import { createToolRegistry } from '../../src/script-engine/tool-registry.ts'

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
