import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { publishedPrices } from '../../src/model/prices.ts'

test('a snapshot costs what its model costs', () => {
  const prices = publishedPrices('anthropic/claude-haiku-4-5')
  expect(prices).toMatchObject({
    inputPerMillion: 1,
    outputPerMillion: 5,
    date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
  })
  expect(prices?.source).toMatch(/^https:/)
  expect(publishedPrices('anthropic/claude-haiku-4-5-20251001')).toEqual(prices)
})

test.each([
  'openai/gpt-99',
  'oracle',
  'openai-compatible/claude-haiku-4-5@http://h/v1',
  'constructor',
  'anthropic/claude-haiku-4-5-mini',
])('%s has no price', spec => {
  expect(publishedPrices(spec)).toBeUndefined()
})

const DOCS = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'models.md'), 'utf8')
const rows = [
  ...DOCS.matchAll(/^\| `((?:openai|anthropic)\/[^`]+)`[^|]*\| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \|/gm),
]

test('the docs show rows of the table', () => {
  expect(rows.length).toBeGreaterThan(5)
})

test.each(rows.map(([, spec = '', ...prices]) => [spec, prices.map(Number)] as const))(
  'the docs price %s as the table does',
  (spec, prices) => {
    const known = publishedPrices(spec)
    expect([
      known?.inputPerMillion,
      known?.cacheReadPerMillion,
      known?.cacheWritePerMillion,
      known?.outputPerMillion,
    ]).toEqual(prices)
  },
)
