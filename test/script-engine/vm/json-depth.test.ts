import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isNestedDeeper } from '../../../src/script-engine/vm/json-depth.ts'

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  return 1 + Math.max(0, ...Object.values(value).map(depthOf))
}

test('counts the levels of any JSON, with brackets, quotes and backslashes in its texts', () => {
  const key = fc.string({ unit: fc.constantFrom('[', ']', '{', '}', '"', '\\', 'a') })
  const { value } = fc.letrec(tie => ({
    value: fc.oneof(
      { depthSize: 'large' },
      key,
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(key, tie('value')),
    ),
  }))
  fc.assert(
    fc.property(value, fc.nat(6), (given, levels) => {
      // Blanks keep short texts from being taken for flat ones by their length alone.
      expect(isNestedDeeper(JSON.stringify(given).padEnd(50), levels)).toBe(depthOf(given) > levels)
    }),
    { numRuns: 500 },
  )
})
