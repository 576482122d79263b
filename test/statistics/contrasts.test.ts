import { expect, test } from 'vitest'
import { cellMeans, interaction, mainEffect, simpleContrast, taskContrast } from '../../src/statistics/contrasts.ts'

const cells = cellMeans([
  ['tools/off', [1, 0]],
  ['tools/on', [1, 1]],
  ['script/off', [0, 0]],
  ['script/on', [1, 0]],
  ['never run', []],
])

test('a cell is the mean over its trials; an arm without trials has none', () => {
  expect(Object.fromEntries(cells)).toEqual({ 'tools/off': 0.5, 'tools/on': 1, 'script/off': 0, 'script/on': 0.5 })
})

test('simple effects', () => {
  expect(taskContrast(cells, simpleContrast('script at off', 'tools/off', 'script/off'))).toBe(-0.5)
  expect(taskContrast(cells, simpleContrast('reinjection in tools', 'tools/off', 'tools/on'))).toBe(0.5)
})

test('main effects', () => {
  const mode = mainEffect('mode', ['tools/off', 'tools/on'], ['script/off', 'script/on'])
  expect(taskContrast(cells, mode)).toBe(-0.5)
})

test('the interaction', () => {
  const named = { y00: 'tools/off', y01: 'tools/on', y10: 'script/off', y11: 'script/on' }
  expect(taskContrast(cells, interaction('mode × reinjection', named))).toBe(0)
})

test('a hole is never filled', () => {
  expect(taskContrast(cells, simpleContrast('hole', 'tools/off', 'never run'))).toBeUndefined()
})

test('rounding is no effect', () => {
  const third = cellMeans([
    ['a', [0.1, 0.2, 0.3]],
    ['b', [0.3, 0.2, 0.1]],
    ['c', [0.2, 0.2, 0.2]],
  ])
  expect(taskContrast(third, mainEffect('none', ['a', 'b'], ['c']))).toBe(0)
})
