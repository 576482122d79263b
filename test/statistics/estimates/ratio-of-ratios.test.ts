import fc from 'fast-check'
import { expect, test } from 'vitest'
import { logRatio } from '../../../src/statistics/estimates/log-ratio.ts'
import { ratioOfRatios, type TaskRatio } from '../../../src/statistics/estimates/ratio-of-ratios.ts'

const amount = fc.double({ min: 0.5, max: 20, noNaN: true })
const sides = fc.array(fc.tuple(amount, amount, amount, amount), { minLength: 3, maxLength: 12 })

function tasksOf(rows: [number, number, number, number][]): { first: TaskRatio[]; second: TaskRatio[] } {
  return {
    first: rows.map(([above, below], index) => ({ cluster: `c${index}`, above, below })),
    second: rows.map(([, , above, below], index) => ({ cluster: `c${index}`, above, below })),
  }
}

function quotient(tasks: readonly TaskRatio[]): number {
  const total = (field: 'above' | 'below') => tasks.reduce((sum, task) => sum + task[field], 0)
  return total('above') / total('below')
}

test('the estimate is the quotient of both ratios of totals; turned around, its reciprocal', () => {
  fc.assert(
    fc.property(sides, rows => {
      const { first, second } = tasksOf(rows)
      const ratio = ratioOfRatios(first, second)
      if (ratio === undefined) return
      expect(ratio.ratio).toBeCloseTo(quotient(second) / quotient(first), 9)
      const back = ratioOfRatios(second, first)
      expect(back?.lower).toBeCloseTo(1 / ratio.upper, 6)
      expect(back?.log.p).toBeCloseTo(ratio.log.p, 9)
    }),
    { numRuns: 50 },
  )
})

test('with a small spread and nothing to divide by but 1 it is the ordinary log-ratio', () => {
  const above = [1, 1.001, 0.999, 1.0005, 1.0007, 0.9996]
  const first = above.map((_, index) => ({ cluster: `c${index}`, above: 1, below: 1 }))
  const second = above.map((value, index) => ({ cluster: `c${index}`, above: value, below: 1 }))
  const log = logRatio(above.map((value, index) => ({ cluster: `c${index}`, value: Math.log(value) })))
  const ratio = ratioOfRatios(first, second)
  expect(ratio?.ratio).toBeCloseTo(log?.ratio as number, 6)
  expect(ratio?.log.standardError).toBeCloseTo(log?.log.standardError as number, 6)
})

test('is absent where an arm cost nothing or solved nothing', () => {
  const [none, some] = [0, 1].map(above =>
    ['a', 'b', 'c'].map((cluster, index) => ({ cluster, above, below: 1 + index })),
  )
  expect(ratioOfRatios(none as TaskRatio[], some as TaskRatio[])).toBeUndefined()
  const unsolved = (some as TaskRatio[]).map(task => ({ ...task, below: 0 }))
  expect(ratioOfRatios(some as TaskRatio[], unsolved)).toBeUndefined()
})
