import fc from 'fast-check'
import { expect, test } from 'vitest'
import { williamsOrders } from '../../src/matrix/counterbalance.ts'

const size = fc.integer({ min: 1, max: 24 })

function tally(pairs: string[]): number[] {
  return [...Map.groupBy(pairs, pair => pair).values()].map(({ length }) => length)
}

test('each condition has each position equally often', () => {
  fc.assert(
    fc.property(size, count => {
      const orders = williamsOrders(count)
      const places = orders.flatMap(order => order.map((condition, position) => `${condition}@${position}`))
      expect(new Set(places).size).toBe(count * count)
      expect(new Set(tally(places)).size).toBe(1)
    }),
  )
})

test('each condition follows each other one equally often', () => {
  fc.assert(
    fc.property(size, count => {
      const orders = williamsOrders(count)
      const neighbours = orders.flatMap(order =>
        order.slice(1).map((condition, index) => `${order[index]}>${condition}`),
      )
      expect(new Set(neighbours).size).toBe(count * (count - 1))
      expect(new Set(tally(neighbours)).size).toBeLessThanOrEqual(1)
    }),
  )
})

test('even numbers need as many orders as conditions, odd ones twice as many', () => {
  expect([1, 2, 3, 4, 5].map(count => williamsOrders(count).length)).toEqual([1, 2, 6, 4, 10])
})
