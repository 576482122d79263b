import { describe, expect, test } from 'vitest'
import { compareOutcome, isTextOnly } from '../../../src/port-check/check/compare-outcome.ts'
import { findDeviation, readDeviations } from '../../../src/port-check/check/deviations.ts'
import { fileWith } from '../sample-ports.ts'

describe('compareOutcome', () => {
  test('finds nothing where all is equal, whatever the order of keys', () => {
    const expected = { exit: 0, result: { a: 1, b: [1, 2] }, tree: { x: { f: '' } }, texts: { out: 'x' } }
    const observed = { texts: { out: 'x' }, tree: { x: { f: '' } }, result: { b: [1, 2], a: 1 }, exit: 0 }
    expect(compareOutcome({ expected, observed })).toEqual([])
  })

  test('names each part, and of a tree only the paths that differ', () => {
    const differences = compareOutcome({
      expected: { exit: 0, tree: { x: { f: '1' }, y: { f: '' } }, texts: { out: 'a', err: '' } },
      observed: { exit: 1, tree: { x: { f: '2' }, y: { f: '' }, z: { d: 1 } }, texts: { out: 'b', err: '' } },
    })
    expect(differences).toEqual([
      { part: 'exit', expected: 0, observed: 1 },
      { part: 'tree', expected: { x: { f: '1' }, z: null }, observed: { x: { f: '2' }, z: { d: 1 } } },
      { part: 'text', name: 'out', expected: 'a', observed: 'b' },
    ])
    expect(isTextOnly(differences)).toBe(false)
    expect(isTextOnly(differences.slice(2))).toBe(true)
  })

  test('a text that is missing is a difference', () => {
    expect(compareOutcome({ expected: { texts: { message: '' } }, observed: {} })).toHaveLength(1)
  })
})

describe('deviations', () => {
  const entry = `- {id: one, tool: applyPatch, rule: {tag: quirk}, differs: [more-files], upstream: u, ours: o, why: w}`
  const given = (observed: object, tags = ['quirk']) => {
    const outcome = { expected: { exit: 0, tree: { a: { f: '' } } }, observed: { exit: 0, ...observed } }
    const differences = compareOutcome(outcome)
    return {
      kind: 'applyPatch',
      case: { id: 'c', category: 'x', tags },
      profile: '0.169' as const,
      outcome,
      differences,
    }
  }

  test('cover what they say, and nothing beyond it', async () => {
    const entries = await readDeviations(await fileWith('d.yaml', entry))
    const more = { tree: { a: { f: '' }, b: { f: '' } } }
    expect(findDeviation(entries, given(more))?.id).toBe('one')
    expect(findDeviation(entries, given(more, []))).toBeUndefined()
    expect(findDeviation(entries, given({ ...more, exit: 1 }))).toBeUndefined()
    expect(findDeviation(entries, given({ tree: { a: { f: 'x' } } }))).toBeUndefined()
    expect(findDeviation(entries, given({ tree: {} }))).toBeUndefined()
  })

  test.each([
    ['no reason', entry.replace(', why: w', ''), '0.why'],
    ['neither cases nor a rule', entry.replace('rule: {tag: quirk}, ', ''), 'expected cases or a rule'],
    ['a rule that matches all', entry.replace('{tag: quirk}', '{}'), 'expected at least one of'],
    ['no regular expression', entry.replace('{tag: quirk}', '{ours: "("}'), 'expected a regular expression'],
  ])('an entry with %s is refused', async (_what, text, message) => {
    await expect(readDeviations(await fileWith('d.yaml', text))).rejects.toThrow(message)
  })

  test('our own entries are complete', async () => {
    const entries = await readDeviations()
    expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length)
  })
})
