// Covers: tools/schema-of.ts, tools/toolbox/tool-definition.ts

import { expect, test } from 'vitest'
import { createTools } from '../../src/tools/create-tools.ts'
import { type ToolTraits, toolContract } from '../contract/tool.ts'

const FILES = { 'a.txt': 'one\ntwo\n', 'src/b.ts': 'export const b = 1\n' }
const PATCH = '*** Begin Patch\n*** Update File: a.txt\n@@\n-one\n+uno\n*** End Patch'

const TRAITS: Record<string, Omit<ToolTraits, 'create' | 'files'>> = {
  exec: {
    good: { command: ['cat', 'a.txt'] },
    failing: { args: { command: ['no-such-program-here'] }, code: 'not-found' },
    outside: { command: ['true'], cwd: '../..' },
  },
  applyPatch: {
    good: { patch: PATCH },
    failing: { args: { patch: PATCH.replace('-one', '-eleven') }, code: 'failed' },
    outside: { patch: '*** Begin Patch\n*** Delete File: ../../etc/passwd\n*** End Patch' },
  },
  readFile: {
    good: { filePath: 'a.txt', limit: 1 },
    failing: { args: { filePath: 'missing.txt' }, code: 'not-found' },
    outside: { filePath: '/etc/passwd' },
  },
  listDir: {
    good: { dirPath: '.', depth: 2 },
    failing: { args: { dirPath: 'missing' }, code: 'not-found' },
    outside: { dirPath: '/etc' },
  },
  grepFiles: {
    good: { pattern: 'export' },
    failing: { args: { pattern: '(' }, code: 'failed' },
    outside: { pattern: 'root', path: '/etc/passwd' },
  },
  fileSearch: {
    good: { pattern: 'b' },
    failing: { args: { pattern: 'b'.repeat(2_000) }, code: 'invalid-arguments' },
  },
}

test('every tool follows the contract', () => {
  expect(createTools().map(tool => tool.name)).toEqual(Object.keys(TRAITS))
})

for (const [index, [name, traits]] of Object.entries(TRAITS).entries()) {
  toolContract({ ...traits, files: FILES, create: () => createTools()[index] ?? fail(name) })
}

function fail(name: string): never {
  throw new Error(`no tool ${name}`)
}
