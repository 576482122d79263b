import { expect, test } from 'vitest'
import type { ImportedOutcome } from '../../../src/contracts/imported.ts'
import { observedOutcome, observedTrial } from '../../../src/report/judging/observed.ts'
import { trialOf } from '../../helpers/compared-run.ts'

const SOURCE = { extra: new Map([['run', 'first']]), shared: (levels: string[]) => levels }

test('a trial has its levels in the order of the factors; what is given for the run comes first', () => {
  const trial = trialOf({ mode: 'script-tool', custom: { tone: 'terse' } })
  const levels = observedTrial(trial, ['tone', 'run', 'mode'], SOURCE).levels
  expect(levels).toEqual(['terse', 'first', 'script-tool'])
})

test.each([
  ['solved', {}, { score: 1, isLost: false, isCensored: false }],
  ['unsolved', {}, { score: 0, isLost: false, isCensored: false }],
  ['limited', { limitHit: 'turns' }, { score: 0, isLost: false, isCensored: true }],
  ['failed', {}, { score: undefined, isLost: true, isCensored: false }],
  ['cancelled', {}, { score: undefined, isLost: false, isCensored: false }],
] as const)('a trial that is %s', (outcome, more, expected) => {
  expect(observedTrial(trialOf({ outcome, ...more }), ['mode'], SOURCE)).toMatchObject(expected)
})

const OUTCOME: ImportedOutcome = { task: 'a', model: 'm', playerKind: 'api', repeat: 2, levels: { mode: 'x' } }

test('an imported outcome is its own cluster unless it names one, and keeps its amounts', () => {
  const found = observedOutcome({ ...OUTCOME, solved: 0.75, turns: 3 }, ['mode', 'run', 'tone'], SOURCE)
  expect(found).toMatchObject({ task: 'a', cluster: 'a', player: 'm', repeat: 2, score: 0.75, isLost: false })
  expect(found.levels).toEqual(['x', 'first', ''])
  expect(found.facts).toMatchObject({ turns: 3 })
  expect(observedOutcome({ ...OUTCOME, cluster: 'family' }, [], SOURCE).cluster).toBe('family')
})

test('an imported outcome without a score is lost; one that a limit ended is censored', () => {
  expect(observedOutcome(OUTCOME, [], SOURCE)).toMatchObject({ score: undefined, isLost: true, isCensored: false })
  expect(observedOutcome({ ...OUTCOME, solved: 0, isLimited: true }, [], SOURCE).isCensored).toBe(true)
})
