import fc from 'fast-check'
import { expect, test } from 'vitest'
import { diffLines } from '../../src/base/diff-lines.ts'

const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 10 })

test('the steps rebuild both texts, and no shorter edit script exists', () => {
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const script = diffLines(before, after)
      const without = (left: string) => script.filter(({ kind }) => kind !== left).map(({ line }) => line)
      expect(without('added')).toEqual(before)
      expect(without('removed')).toEqual(after)
      expect(script.filter(({ kind }) => kind === 'same')).toHaveLength(commonLength(before, after))
    }),
    { seed: 20260 },
  )
})

test('common ends stay, and removed lines come before added ones', () => {
  const script = diffLines(['head', 'old', 'tail'], ['head', 'new', 'tail'])
  expect(script.map(({ kind, line }) => `${kind} ${line}`)).toEqual([
    'same head',
    'removed old',
    'added new',
    'same tail',
  ])
})

test('a middle too large for the table is replaced as a whole', () => {
  const numbered = (prefix: string) => Array.from({ length: 2100 }, (_, index) => `${prefix}${index}`)
  const script = diffLines(
    ['x', ...numbered('a'), 'kept', ...numbered('b')],
    ['x', ...numbered('c'), 'kept', ...numbered('d')],
  )
  expect(script.filter(({ kind }) => kind === 'same').map(({ line }) => line)).toEqual(['x'])
})

/** The textbook recursion, for short lists. */
function commonLength(left: readonly string[], right: readonly string[]): number {
  let row = new Array<number>(right.length + 1).fill(0)
  for (const each of left) {
    const next = [0]
    for (const [index, other] of right.entries())
      next.push(each === other ? (row[index] as number) + 1 : Math.max(row[index + 1] as number, next[index] as number))
    row = next
  }
  return row.at(-1) as number
}
