import { expect, test } from 'vitest'
import { z } from 'zod'
import { explainIssues, fieldName } from '../../src/base/explain-issues.ts'

const schema = z.strictObject({
  name: z.string(),
  repeats: z.int().min(1).optional(),
  mode: z.enum(['serial', 'parallel']).optional(),
  models: z.array(z.union([z.string(), z.strictObject({ spec: z.string() })])).optional(),
})

function problems(input: unknown): string[] {
  const parsed = schema.safeParse(input)
  if (parsed.success) return []
  return explainIssues(schema, parsed.error.issues, input).map(({ path, message }) => `${fieldName(path)}: ${message}`)
}

test.each([
  [{}, 'name: missing; expected a string'],
  [{ name: 1 }, 'name: expected a string, found 1'],
  [{ name: 'a', repeats: 0 }, 'repeats: expected at least 1, found 0'],
  [{ name: 'a', mode: 'serail' }, 'mode: expected one of serial, parallel, found "serail"; did you mean "serial"?'],
  [{ name: 'a', repeat: 2 }, 'repeat: unknown key; did you mean "repeats"?'],
  [{ name: 'a', models: [{ spec: 'x', sepc: 'y' }] }, 'models[0].sepc: unknown key; did you mean "spec"?'],
  [[], 'the file: expected an object, found []'],
])('%j: %s', (input, message) => {
  expect(problems(input)).toEqual([message])
})

test('long values are cut', () => {
  expect(problems({ name: ['x'.repeat(200)] })[0]).toMatch(/^name: expected a string, found .{79}…$/)
})
