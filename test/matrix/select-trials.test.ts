import { expect, test } from 'vitest'
import { expandMatrix } from '../../src/matrix/expand-matrix.ts'
import { selectTrials } from '../../src/matrix/select-trials.ts'
import { makeSuite, makeTasks } from './matrix-fixture.ts'

const trials = expandMatrix({ suite: makeSuite(), tasks: makeTasks(3) })

test('what is finished is not run again, the rest keeps its order', () => {
  const finished = [trials[4], trials[0]].map(trial => trial?.id ?? '')
  expect(selectTrials(trials, [...finished, 'of another suite'])).toEqual([1, 2, 3, 5].map(index => trials[index]))
})

test('a fresh run has everything to do, a finished one nothing', () => {
  expect(selectTrials(trials, [])).toEqual(trials)
  expect(selectTrials(trials, new Set(trials.map(({ id }) => id)))).toEqual([])
})
