import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { JsonObject } from '../../src/contracts/json.ts'
import { definitionOf } from '../../src/tools/toolbox/tool-definition.ts'
import type { AnyTool } from '../../src/tools/toolbox/toolbox.ts'
import { toolboxOver } from '../helpers/toolbox-parts.ts'

export interface ToolTraits {
  create(): AnyTool
  files: Record<string, string>
  /** Arguments that succeed over the files. */
  good: JsonObject
  /** Arguments that validate and fail, with the code they fail with. */
  failing: { args: JsonObject; code: string }
  /** Arguments that would lead out of the workspace; absent where a tool takes no path. */
  outside?: JsonObject
}

/** What every tool owes the toolbox and, through it, every mode. */
export function toolContract({ create, files, good, failing, outside }: ToolTraits): void {
  const { name } = create()
  const open = () => toolboxOver({ tools: [create()], files })

  describe(`the tool ${name}`, () => {
    test('describes itself and every argument', () => {
      const { description, effect, inputSchema, resultSchema } = definitionOf(create())
      expect(name).toMatch(/^[a-z][A-Za-z]+$/)
      expect(description.length).toBeGreaterThan(40)
      expect(['read', 'write']).toContain(effect)
      expect(inputSchema).toMatchObject({ type: 'object', additionalProperties: false })
      for (const property of Object.values(inputSchema.properties as JsonObject)) {
        expect(property).toHaveProperty('description')
      }
      expect(z.fromJSONSchema(resultSchema as never)).toBeInstanceOf(z.ZodType)
    })

    test('gives a result of its own schema, and a text of it', async () => {
      const { call } = await open()
      const outcome = await call(name, good)
      expect(outcome).toMatchObject({ ok: true, text: expect.any(String) })
      if (!outcome.ok) return
      expect(create().output.safeParse(outcome.result).error).toBeUndefined()
      expect(JSON.parse(JSON.stringify(outcome.result))).toEqual(outcome.result)
      expect(outcome.text.length).toBeGreaterThan(0)
    })

    test('the same call on the same files gives the same result', async () => {
      const results = await Promise.all(
        [1, 2].map(async () => {
          const { call, workspace } = await open()
          const outcome = await call(name, good)
          return JSON.stringify(outcome)
            .replaceAll(workspace.guestRoot, '/w')
            .replace(/"durationMs":\d+/, '')
        }),
      )
      expect(results[0]?.replace(/Wall time: \S+/, '')).toBe(results[1]?.replace(/Wall time: \S+/, ''))
    })

    test('fails as a value, with a code and a sentence', async () => {
      const { call } = await open()
      const outcome = await call(name, failing.args)
      expect(outcome).toMatchObject({ ok: false, error: { code: failing.code } })
      expect(outcome.ok ? '' : outcome.error.message).toMatch(/\w+ \w+/)
    })

    test.each([
      ['no arguments', null],
      ['a list', []],
      ['an unknown field', { ...good, surprise: 1 }],
      ['a wrong type', Object.fromEntries(Object.keys(good).map(key => [key, { wrong: true }]))],
    ])('refuses %s by name of the field, and does nothing', async (_, args) => {
      const { call, records } = await open()
      expect(await call(name, args)).toMatchObject({ ok: false, error: { code: 'invalid-arguments' } })
      expect(records).toHaveLength(1)
    })

    test('is cancelled before it starts by a signal that is already aborted', async () => {
      const { call } = await open()
      const outcome = await call(name, good, { signal: AbortSignal.abort() })
      expect(outcome).toMatchObject({ ok: false, error: { code: 'cancelled' } })
    })

    if (outside === undefined) return
    test('does not leave the workspace', async () => {
      const { call } = await open()
      const outcome = await call(name, outside)
      expect(outcome).toMatchObject({ ok: false, error: { code: 'outside-workspace' } })
      expect(JSON.stringify(outcome)).not.toContain('root:x:')
    })
  })
}
