import { expect, test } from 'vitest'
import { formOf, isBilled, MODEL_KINDS, modelForm } from '../../../src/base/models/model-kind.ts'
import { parseModelSpec } from '../../../src/model/parse-model-spec.ts'

test.each(MODEL_KINDS)('%s: syntax and example begin with the kind, and the example can be read', kind => {
  const { example, syntax } = modelForm(kind)
  expect(syntax.split('/')[0]).toBe(kind)
  expect(formOf(example)).toBe(modelForm(kind))
  expect(parseModelSpec(example)).toMatchObject({ ok: true, value: { kind } })
})

test.each(['opnai/x', '', 'toString', '/oracle'])('%j has no form', spec => {
  expect(formOf(spec)).toBeUndefined()
})

test('built-in and scripted players cost nothing; a command and an unknown spec can', () => {
  const free = MODEL_KINDS.filter(kind => !isBilled(modelForm(kind).example))
  expect(free).toEqual(['scripted', 'oracle', 'nop', 'simulated'])
  expect(isBilled('another/x')).toBe(true)
})
