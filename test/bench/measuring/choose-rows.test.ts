import { expect, test } from 'vitest'
import { chooseRows } from '../../../bench/measuring/choose-rows.ts'

const ROWS = [{ id: 'a' }, { id: 'b' }, { id: 'c' }]

test('keeps the order of the rows, whatever the order of the ids', () => {
  expect(chooseRows(ROWS, undefined)).toEqual(ROWS)
  expect(chooseRows(ROWS, ['c', 'a'])).toEqual([{ id: 'a' }, { id: 'c' }])
})

test('unknown ids are a mistake that lists the known ones', () => {
  expect(() => chooseRows(ROWS, ['a', 'x', 'y'])).toThrow('--rows x,y: unknown; expected some of a, b, c.')
})
