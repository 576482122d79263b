import { expect, test } from 'vitest'
import { inParallel } from '../../src/base/in-parallel.ts'

test('every item once, never more in parallel than allowed', async () => {
  const seen: [string, number][] = []
  let now = 0
  let most = 0
  await inParallel(['a', 'b', 'c', 'd', 'e'], 2, async (item, index) => {
    most = Math.max(most, ++now)
    await Promise.resolve()
    seen.push([item, index])
    now--
  })
  expect(most).toBe(2)
  expect(seen.sort((left, right) => left[1] - right[1])).toEqual([...'abcde'].map((item, index) => [item, index]))
})

test('the first failure is the result', async () => {
  const work = async (item: number) => {
    if (item === 2) throw new Error('two')
  }
  await expect(inParallel([1, 2, 3], 1, work)).rejects.toThrow('two')
})
