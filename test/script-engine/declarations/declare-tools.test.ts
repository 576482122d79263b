import { expect, test } from 'vitest'
import { declareTools } from '../../../src/script-engine/declarations/declare-tools.ts'
import { prepareScript } from '../../../src/script-engine/source/prepare-script.ts'

test('the declarations of tools, context, console and errors', () => {
  const text = declareTools([
    {
      name: 'readFile',
      description: 'Reads a file.\nNot */ a folder.',
      inputSchema: {
        type: 'object',
        properties: { path: { type: 'string', description: 'Where.' } },
        required: ['path'],
      },
      resultSchema: {
        type: 'object',
        properties: { lines: { type: 'array', items: { type: 'string' } } },
        required: ['lines'],
      },
      effect: 'read',
    },
    { name: 'now', description: '', inputSchema: { type: 'object' }, resultSchema: {}, effect: 'read' },
  ])
  expect(text).toContain(`declare const tools: {
  /**
   * Reads a file.
   * Not *\\/ a folder.
   */
  readFile(args: {
    /** Where. */
    path: string
  }): Promise<{
    lines: string[]
  }>
  now(args?: Record<string, unknown>): Promise<unknown>
}`)
  for (const name of ['context', 'console', 'ToolError']) expect(text).toContain(name)
  expect(prepareScript(text).ok).toBe(true)
})

test('no tools', () => {
  expect(declareTools([])).toContain('declare const tools: {}')
})

test('a name that is no identifier is quoted', () => {
  const tool = { name: 'read-file', description: '', inputSchema: {}, resultSchema: {}, effect: 'read' } as const
  const text = declareTools([tool])
  expect(text).toContain('"read-file"(args?: unknown): Promise<unknown>')
  expect(prepareScript(text).ok).toBe(true)
})
