import { expect, test } from 'vitest'
import { cell, end, start } from '../../src/base/table.ts'

test('columns are aligned, with a hint only where one is given', () => {
  expect(start('Arm')).toStrictEqual({ title: 'Arm', align: 'start' })
  expect(end('Turns')).toStrictEqual({ title: 'Turns', align: 'end' })
  expect(end('Turns', 'per trial')).toStrictEqual({ title: 'Turns', align: 'end', hint: 'per trial' })
})

test('a cell has its text and what is drawn next to it', () => {
  expect(cell('3')).toStrictEqual({ text: '3' })
  expect(cell('50%', { visual: { kind: 'share', share: 0.5 }, tone: 'good' })).toStrictEqual({
    text: '50%',
    visual: { kind: 'share', share: 0.5 },
    tone: 'good',
  })
})
