// Covers: report/gate/stable-trials.ts

import { expect, test } from 'vitest'
import { seededRandom } from '../../../src/base/random.ts'
import { addToBaseline } from '../../../src/report/gate/baseline.ts'
import type { GateGroup } from '../../../src/report/gate/gate-groups.ts'
import { judgeGroups } from '../../../src/report/gate/gate-judge.ts'
import { gateRun } from '../../../src/report/gate/gate-run.ts'
import { stableTrials } from '../../../src/report/gate/stable-trials.ts'
import { trialOf } from '../../helpers/compared-run.ts'
import {
  baselineFrom,
  checkOn,
  gated,
  gateRunOf,
  gateTrials,
  policyOf,
  SOLVED_ONLY,
  taskName,
} from './gate-builders.ts'

const sometimes = (index: number, repeat: number) =>
  index < 6 ? ({ outcome: repeat === 0 ? 'solved' : 'unsolved' } as const) : {}

test('tasks that the baseline solved sometimes are shown and not gated on', () => {
  const policy = { ...SOLVED_ONLY, quarantine: { trialsMin: 3 } }
  const result = gated({}, { baseline: baselineFrom({ facts: sometimes }), policy })
  expect(result.quarantined.map(({ task }) => task)).toEqual([0, 1, 2, 3, 4, 5].map(taskName))
  expect(result.quarantined[0]).toMatchObject({ why: 'flaky', baseline: { solved: 1, trials: 3 }, run: { solved: 3 } })
})

test('with fewer trials than the policy asks for they are shown, but could be luck', () => {
  const result = gated({}, { baseline: baselineFrom({ facts: sometimes }), policy: SOLVED_ONLY })
  expect(result.quarantined).toHaveLength(6)
  expect(result.quarantined.every(({ gated: isGated }) => isGated === 'yes')).toBe(true)
  expect(checkOn(result, 'solved').tasks).toBe(80)
})

test('the policy may allow them, and may name tasks that are never gated on', () => {
  const baseline = baselineFrom({ facts: sometimes })
  const all = gated({}, { baseline, policy: { ...SOLVED_ONLY, quarantine: { flakyShareMax: 0.5 } } })
  expect(all.quarantined).toEqual([])
  const named = gated(
    {},
    { baseline: baselineFrom(), policy: { ...SOLVED_ONLY, quarantine: { tasks: [taskName(7)] } } },
  )
  expect(named.quarantined).toMatchObject([{ task: taskName(7), why: 'policy' }])
  expect(checkOn(named, 'solved').tasksExpected).toBe(79)
})

test('a task that the oracle does not always solve is in quarantine', () => {
  const oracle = [0, 1].map(repeat =>
    trialOf({
      task: taskName(2),
      playerKind: 'oracle',
      model: 'oracle',
      repeat,
      outcome: repeat ? 'solved' : 'unsolved',
    }),
  )
  const run = gateRunOf([...gateTrials(), ...oracle])
  expect(gateRun(run, baselineFrom(), policyOf()).quarantined).toMatchObject([
    { task: taskName(2), why: 'oracle-unstable' },
  ])
})

test('the trials of a later run add to a task, whatever they say', () => {
  const before = baselineFrom({ facts: sometimes })
  const { added, baseline } = addToBaseline(before, baselineFrom({ repeats: 1 }))
  expect(added).toBe(80)
  expect(baseline.cells.map(({ trials }) => trials.length)).toEqual(new Array(80).fill(4))
})

/** One model, tried three times before and three times now, on tasks that it solves more often than not. */
function luckyGroup(random: () => number, chances: readonly number[]): GateGroup {
  const draw = (chance: number) =>
    Array.from({ length: 3 }, () => ({ ...TRIAL, solved: random() < chance ? 1 : 0 }) as const)
  const tasks = chances.flatMap((chance, index) => {
    const baseline = stableTrials(draw(chance), 0.25)
    const task = { task: taskName(index), cluster: taskName(index), lost: { baseline: 0, run: 0 } }
    return baseline.length === 0 ? [] : [{ ...task, baseline, weight: baseline.length / 3, run: draw(chance) }]
  })
  return { model: 'm', arm: 'a', tasks, tasksExpected: tasks.length, isInRun: true }
}

const TRIAL = { key: '', turns: 1, toolCalls: 1, workingMs: 1 }

test('quarantine makes no regressions of luck: the same model twice, most tasks solved nearly always', () => {
  const random = seededRandom('luck')
  const chances = Array.from({ length: 40 }, () => 0.7 + 0.3 * random())
  const repetitions = 1500
  let [regressions, total] = [0, 0]
  for (let count = 0; count < repetitions; count++) {
    const [check] = judgeGroups([luckyGroup(random, chances)], policyOf(SOLVED_ONLY))
    if (check?.outcome === 'regression') regressions += 1
    total += check?.measured.estimate as number
  }
  // Half of the 5 % of a two-sided test, and no bias. Dropping such tasks would see 12 points fewer, and regressions.
  expect(regressions / repetitions).toBeLessThan(0.04)
  expect(Math.abs(total / repetitions)).toBeLessThan(0.005)
})
