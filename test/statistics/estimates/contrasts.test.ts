import { expect, test } from 'vitest'
import { type Contrast, interaction, mainEffect } from '../../../src/statistics/estimates/contrasts.ts'

const cells: Record<string, number> = { 'tools/off': 0.5, 'tools/on': 1, 'script/off': 0, 'script/on': 0.5 }

function applied({ weights }: Contrast): number {
  return [...weights].reduce((sum, [arm, weight]) => sum + weight * (cells[arm] as number), 0)
}

test('a main effect is the mean of the others minus the mean of the baselines', () => {
  expect(applied(mainEffect('script at off', ['tools/off'], ['script/off']))).toBe(-0.5)
  expect(applied(mainEffect('reinjection in tools', ['tools/off'], ['tools/on']))).toBe(0.5)
  expect(applied(mainEffect('mode', ['tools/off', 'tools/on'], ['script/off', 'script/on']))).toBe(-0.5)
})

test('the interaction is the difference of both differences', () => {
  const named = { y00: 'tools/off', y01: 'tools/on', y10: 'script/off', y11: 'script/on' }
  expect(applied(interaction('mode × reinjection', named))).toBe(0)
  cells['script/on'] = 0.75
  expect(applied(interaction('mode × reinjection', named))).toBe(0.25)
})

test('weights sum to 0', () => {
  const contrasts = [
    mainEffect('two to one', ['a', 'b'], ['c']),
    interaction('all four', { y00: 'a', y01: 'b', y10: 'c', y11: 'd' }),
  ]
  for (const { weights } of contrasts) expect([...weights.values()].reduce((sum, each) => sum + each, 0)).toBe(0)
})
