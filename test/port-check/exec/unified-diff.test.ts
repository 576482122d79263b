import fc from 'fast-check'
import { expect, test } from 'vitest'
import { unifiedDiff } from '../../../src/port-check/exec/unified-diff.ts'

test.each([
  ['k\n', 'K\n', '@@ -1 +1 @@\n-k\n+K\n'],
  ['a\nb\nc\nd\n', 'a\nb\nC\nd\n', '@@ -2,3 +2,3 @@\n b\n-c\n+C\n d\n'],
  ['', 'a\nb\n', '@@ -0,0 +1,2 @@\n+a\n+b\n'],
  ['a\n', '', '@@ -1 +0,0 @@\n-a\n'],
  ['a', 'a\n', '@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n'],
  ['1\n2\n3\n4\n5\n6\n', 'x\n2\n3\n4\n5\ny\n', '@@ -1,2 +1,2 @@\n-1\n+x\n 2\n@@ -5,2 +5,2 @@\n 5\n-6\n+y\n'],
  ['1\n2\n3\n', 'x\n2\ny\n', '@@ -1,3 +1,3 @@\n-1\n+x\n 2\n-3\n+y\n'],
  ['same\n', 'same\n', ''],
])('%j to %j', (before, after, expected) => {
  expect(unifiedDiff(before, after)).toBe(expected)
})

test('the new text consists of what stays and what is added', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 })
    .map(lines => lines.map(line => `${line}\n`).join(''))
  fc.assert(
    fc.property(text, text, (before, after) => {
      expect(applied(before, unifiedDiff(before, after))).toBe(after)
    }),
  )
})

function applied(before: string, diff: string): string {
  const old = before.split('\n').slice(0, -1)
  const made: string[] = []
  let next = 0
  for (const line of diff.split('\n').slice(0, -1)) {
    const start = /^@@ -(\d+)(?:,(\d+))? /.exec(line)
    if (start) {
      const from = Number(start[1]) - (start[2] === '0' ? 0 : 1)
      made.push(...old.slice(next, from))
      next = from
    } else {
      if (line[0] !== '+') expect(old[next++]).toBe(line.slice(1))
      if (line[0] !== '-') made.push(line.slice(1))
    }
  }
  made.push(...old.slice(next))
  return made.map(line => `${line}\n`).join('')
}
