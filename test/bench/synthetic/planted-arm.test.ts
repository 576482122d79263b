import { expect, test } from 'vitest'
import { plantArm } from '../../../bench/synthetic/planted-arm.ts'
import { describeSyntheticRun, type PlantedEffect } from '../../../bench/synthetic/synthetic-run.ts'
import { drawTasks } from '../../../bench/synthetic/synthetic-tasks.ts'
import { expandArms } from '../../../src/matrix/arms.ts'

function plantedArms(effects: PlantedEffect[]) {
  const run = describeSyntheticRun({ name: 'planted', tasks: 200, effects })
  const tasks = drawTasks(run)
  const [model] = run.models
  if (model === undefined) throw new Error('no model')
  return { tasks, arms: expandArms(run.factors).map(arm => plantArm({ run, tasks, model, arm })) }
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

test.each([-40, -5, 0, 25])('%i points are exact for the tasks of the run', points => {
  const { arms } = plantedArms([{ when: { mode: 'script-tool' }, solvedPoints: points }])
  const [baseline, other] = arms.map(({ chances }) => mean(chances))
  expect((other as number) - (baseline as number)).toBeCloseTo(points / 100, 9)
})

test('points of several effects add up, ratios multiply', () => {
  const { arms } = plantedArms([
    { when: { mode: 'script-tool' }, solvedPoints: 10, turnsRatio: 0.5 },
    { when: {}, solvedPoints: 5, turnsRatio: 0.8, tokensRatio: 0.9 },
  ])
  const [baseline, other] = arms
  expect(mean(other?.chances ?? []) - mean(baseline?.chances ?? [])).toBeCloseTo(0.1, 9)
  expect(Math.exp(mean(other?.turnsShifts ?? []) - mean(baseline?.turnsShifts ?? []))).toBeGreaterThan(0.4)
  expect(Math.exp(mean(other?.turnsShifts ?? []) - mean(baseline?.turnsShifts ?? []))).toBeLessThan(0.6)
})

test('nothing changes where nothing is planted', () => {
  const { tasks, arms } = plantedArms([{ when: { mode: 'script-tool' }, solvedPoints: 10, lostShare: 0.3 }])
  expect(arms[0]?.turnsShifts).toEqual(tasks.map(() => 0))
  expect(arms.map(({ lostShare }) => lostShare)).toEqual([0, 0.3])
})

test('an effect that does not fit is refused', () => {
  expect(() => plantedArms([{ when: {}, solvedPoints: 90 }])).toThrow('90 points do not fit')
})
