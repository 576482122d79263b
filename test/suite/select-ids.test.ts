import { expect, test } from 'vitest'
import { selectIds } from '../../src/suite/select-ids.ts'

const IDS = ['date-add', 'csv-row', 'csv-quote', '.hidden']

test.each([
  [['*'], ['.hidden', 'csv-quote', 'csv-row', 'date-add']],
  [['csv-*', '!csv-row'], ['csv-quote']],
  [['!csv-*'], ['.hidden', 'date-add']],
  [
    ['csv-row', 'csv-*'],
    ['csv-quote', 'csv-row'],
  ],
])('%j selects %j', (globs, expected) => {
  expect(selectIds(IDS, globs, 'tasks')).toEqual(expected)
})

test('a glob without a match names the nearest ids, or the known ones', () => {
  expect(() => selectIds(IDS, ['csv-rwo'], 'tasks')).toThrow(
    'tasks: "csv-rwo" matches no tasks in tasks; nearest: csv-row',
  )
  expect(() => selectIds(IDS, ['zzzzzzzzzz*'], 'tasks')).toThrow('known: date-add, csv-row')
  expect(() => selectIds([], ['*'], 'tasks')).toThrow('has no tasks')
})
