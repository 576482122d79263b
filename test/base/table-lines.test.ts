import { expect, test } from 'vitest'
import { cell, end, start } from '../../src/base/table.ts'
import { tableLines } from '../../src/base/table-lines.ts'

const columns = [start('Arm'), start('Note'), end('Turns')]

test('columns are as wide as their widest cell, numbers to the right, and empty columns are left out', () => {
  const rows = [
    [cell('script-tool'), cell(''), cell('3.0')],
    [cell('x'), cell(''), cell('12.0')],
  ]
  expect(tableLines({ id: 'arms', title: 'Arms', notes: [], columns, rows })).toEqual([
    '',
    'Arms',
    'Arm          Turns',
    '-----------  -----',
    'script-tool    3.0',
    'x             12.0',
  ])
})

test('long texts are cut, and characters that deceive are shown by their number', () => {
  const rows = [[cell('a'.repeat(99)), cell('\u202eb'), cell('1')]]
  const text = tableLines({ id: 'arms', title: 'Arms', notes: [], columns, rows }).join('\n')
  expect(text).toContain(`${'a'.repeat(47)}…  ⟨U+202E⟩b`)
})
