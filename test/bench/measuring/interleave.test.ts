import { expect, test } from 'vitest'
import { type Candidate, type InterleaveOptions, interleave } from '../../../bench/measuring/interleave.ts'

function options(given: Partial<InterleaveOptions> = {}): InterleaveOptions {
  return {
    ...{ rounds: 4, samplesPerTurn: 2, warmupMs: undefined, budgetMs: 60_000, unhurried: new Set() },
    onTurn: () => undefined,
    ...given,
  }
}

function candidate(name: string, took: string[], ms?: number): Candidate {
  return {
    name,
    sample: async () => {
      took.push(name)
      return ms
    },
  }
}

test('candidates take turns, and each round begins with the next one', async () => {
  const took: string[] = []
  const measured = await interleave([candidate('a', took), candidate('b', took)], options())
  expect(took.join('')).toBe('aabbbbaaaabbbbaa')
  for (const sampled of measured.values()) expect(sampled).toMatchObject({ kind: 'measured' })
  expect([...measured.values()].map(each => each.kind === 'measured' && each.samples.length)).toEqual([8, 8])
})

test('a number that a candidate gives is the sample', async () => {
  const measured = await interleave([candidate('a', [], 7)], options({ rounds: 1 }))
  expect(measured.get('a')).toEqual({ kind: 'measured', samples: [7, 7] })
})

test('without a number the time it took is', async () => {
  const slow = { name: 'slow', sample: () => new Promise<void>(resolve => setTimeout(resolve, 5)) }
  const measured = (await interleave([slow], options({ rounds: 1, samplesPerTurn: 1 }))).get('slow')
  expect(measured?.kind === 'measured' && (measured.samples[0] as number)).toBeGreaterThan(3)
})

test('warming up does not count', async () => {
  const took: string[] = []
  const measured = await interleave([candidate('a', took, 1)], options({ rounds: 1, warmupMs: 0 }))
  expect(took).toHaveLength(3)
  expect(measured.get('a')).toEqual({ kind: 'measured', samples: [1, 1] })
})

test('one that fails is reported and not asked again, the others go on', async () => {
  let asked = 0
  const failing = {
    name: 'failing',
    sample: async () => {
      asked += 1
      throw new Error('no')
    },
  }
  const measured = await interleave([failing, candidate('b', [], 1)], options())
  expect(measured.get('failing')).toEqual({ kind: 'failed', reason: 'no' })
  expect(asked).toBe(1)
  expect(measured.get('b')).toEqual({ kind: 'measured', samples: Array(8).fill(1) })
})

test('a contender that has spent its budget gets three rounds at most, unless it is allowed more', async () => {
  const slowly = (name: string) => ({ name, sample: () => new Promise<void>(resolve => setTimeout(resolve, 2)) })
  const given = { rounds: 5, samplesPerTurn: 1, budgetMs: 1, unhurried: new Set(['patient']) }
  const measured = await interleave([slowly('hasty'), slowly('patient')], options(given))
  expect([...measured.values()].map(each => each.kind === 'measured' && each.samples.length)).toEqual([3, 5])
})
