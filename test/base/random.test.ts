import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seededRandom, shuffled } from '../../src/base/random.ts'

test('one seed gives one sequence in [0, 1), another seed another', () => {
  fc.assert(
    fc.property(fc.string(), seed => {
      const draw = (text: string) => Array.from({ length: 20 }, seededRandom(text))
      expect(draw(seed)).toEqual(draw(seed))
      expect(draw(seed)).not.toEqual(draw(`${seed}!`))
      expect(draw(seed).every(value => value >= 0 && value < 1)).toBe(true)
    }),
    { seed: 7 },
  )
})

test('draws are even: the mean of many is near one half', () => {
  const random = seededRandom('even')
  const mean = Array.from({ length: 10_000 }, random).reduce((sum, value) => sum + value, 0) / 10_000
  expect(mean).toBeCloseTo(0.5, 1)
})

test('shuffling keeps the items, leaves its argument alone and reaches every order', () => {
  const random = seededRandom('shuffle')
  const items = ['a', 'b', 'c']
  const orders = new Set(Array.from({ length: 200 }, () => shuffled(items, random).join('')))
  expect(orders).toEqual(new Set(['abc', 'acb', 'bac', 'bca', 'cab', 'cba']))
  expect(items).toEqual(['a', 'b', 'c'])
})
