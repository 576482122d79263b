import { expect, test } from 'vitest'
import { withoutMarksEarly } from '../../../src/tools/file-search/early-letters.ts'

test('takes the marks from the letters of the first table', () => {
  expect([...'ÀéʀĞẞ가²\u036f'].map(withoutMarksEarly).join('')).toBe('AeRĞẞ가²x')
})

test('reads a letter of a later table as the one at its place in the first', () => {
  expect([...'ᴀᴃẉủⁱₕↄ'].map(withoutMarksEarly).join('')).toBe('AAjtAAE')
})
