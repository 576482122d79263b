import { expect, test } from 'vitest'
import { effectSize, parseEffect } from '../../src/planning/effect.ts'

test('points and ratios', () => {
  expect(parseEffect('10pp')).toEqual({ kind: 'points', share: 0.1 })
  expect(parseEffect('2.5%')).toEqual({ kind: 'points', share: 0.025 })
  expect(parseEffect('0.8x')).toEqual({ kind: 'ratio', ratio: 0.8 })
  expect(parseEffect('x1.25')).toEqual({ kind: 'ratio', ratio: 1.25 })
  expect(effectSize({ kind: 'ratio', ratio: 0.8 })).toBeCloseTo(effectSize({ kind: 'ratio', ratio: 1.25 }), 12)
})

test.each(['', '10', '0pp', '100pp', '-5pp', '1x', '0x', '10 pp', 'pp', 'x', '1e3x', 'NaNpp'])(
  '"%s" is not an effect',
  text => {
    expect(parseEffect(text)).toBeUndefined()
  },
)
