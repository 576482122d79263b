// Covers: report/gate/gate-checks.ts, report/gate/gate-grid.ts, report/gate/gate-groups.ts, report/gate/gate-judge.ts
// Covers: report/gate/gate-needed.ts, report/gate/gate-policy.ts, report/gate/gate-schema.ts
// Covers: report/gate/gate-sentence.ts

import { describe, expect, test } from 'vitest'
import { addToBaseline, baselineOf } from '../../../src/report/gate/baseline.ts'
import { gateRun } from '../../../src/report/gate/gate-run.ts'
import { gateSchema } from '../../../src/report/gate/gate-schema.ts'
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

const isOften = (index: number, share: number) => (index * 7) % 10 < share * 10

describe('each exit code for its reason', () => {
  test('0: as good within every margin', () => {
    const result = gated()
    expect(result).toMatchObject({ status: 'pass', exitCode: 0 })
    expect(result.checks.map(({ outcome }) => outcome)).toEqual(['pass', 'pass', 'pass'])
    expect(result.checks.map(({ sentence }) => sentence).join()).not.toMatch(/equal|no regression/)
  })

  test('2: fewer tasks solved, proven, and more than the margin', () => {
    const facts = (index: number) =>
      ({ outcome: index % 2 === 0 && isOften(index, 0.6) ? 'solved' : 'unsolved' }) as const
    const result = gated({ facts })
    expect(result).toMatchObject({ status: 'regression', exitCode: 2 })
    expect(result.checks[0]).toMatchObject({
      metric: 'solved',
      outcome: 'regression',
      direction: 'worse',
      isProven: true,
    })
    expect(result.checks[0]?.sentence).toMatch(
      /points fewer tasks than the baseline \[.*a regression \(adjusted p <?0\.0/,
    )
  })

  test('2: more turns, by a factor that is proven', () => {
    const result = gated({ facts: index => ({ turns: 12 + (index % 3) }) })
    expect(checkOn(result, 'turns')).toMatchObject({ outcome: 'regression', scale: 'ratio' })
    expect(checkOn(result, 'solved')).toMatchObject({ outcome: 'pass' })
    expect(result.exitCode).toBe(2)
  })

  test('0: worse is proven, but within the margin', () => {
    const result = gated({ facts: () => ({ inputTokens: 5700 }) })
    expect(checkOn(result, 'inputTokens')).toMatchObject({ outcome: 'pass', direction: 'worse', isProven: true })
    expect(result.checks[0]?.metric).toBe('inputTokens')
    expect(checkOn(result, 'inputTokens').sentence).toContain('worse (adjusted p <0.001')
  })

  test('3: too few tasks to exclude the margin, with what it would take', () => {
    const facts = (index: number, repeat: number) =>
      ({ outcome: (index + repeat) % 3 === 0 ? 'solved' : 'unsolved' }) as const
    const baseline = baselineFrom({ tasks: 12, facts: (index, repeat) => facts(index, repeat + 1) })
    const policy = { ...SOLVED_ONLY, quarantine: { flakyShareMax: 0.5 } }
    const result = gated(
      { tasks: 12, facts: (index, repeat) => facts(index + (index % 4), repeat) },
      { baseline, policy },
    )
    const result2 = gated(
      { tasks: 12, facts: index => ({ outcome: index % 5 === 0 ? 'solved' : 'unsolved' }) },
      { baseline, policy },
    )
    expect(result).toMatchObject({ status: 'inconclusive', exitCode: 3 })
    expect(checkOn(result2, 'solved')).toMatchObject({ outcome: 'inconclusive', why: 'margin' })
    expect(checkOn(result2, 'solved').needed?.tasks).toBeGreaterThan(12)
    expect(checkOn(result2, 'solved').sentence).toMatch(
      /these trials could have detected ±\d.* about \d+ tasks like these/,
    )
  })

  test('3: a detectable effect that these trials had too little chance to find', () => {
    const facts = (index: number) => ({ outcome: isOften(index + 3, 0.5) ? 'solved' : 'unsolved' }) as const
    const policy = { metrics: { solved: { detectable: '3pp' } } }
    expect(
      checkOn(
        gated({ facts: i => facts(i - (i % 9 === 0 ? 1 : 0)) }, { baseline: baselineFrom({ facts }), policy }),
        'solved',
      ),
    ).toMatchObject({
      outcome: 'inconclusive',
      why: 'underpowered',
    })
    const wide = { metrics: { solved: { detectable: '30pp' } } }
    expect(
      checkOn(
        gated({ facts: i => facts(i - (i % 9 === 0 ? 1 : 0)) }, { baseline: baselineFrom({ facts }), policy: wide }),
        'solved',
      ),
    ).toMatchObject({
      outcome: 'pass',
    })
  })

  test('3: trials are missing', () => {
    const run = gateRunOf(gateTrials(), { trialsPlanned: 300 })
    const result = gateRun(run, baselineFrom(), policyOf())
    expect(result).toMatchObject({ exitCode: 3, reason: '60 of 300 planned trials are missing: finish the run first.' })
  })

  test('3: a model or arm of the baseline is not in the run', () => {
    const other = baselineFrom({ facts: () => ({ model: 'openai/other' }) })
    const both = addToBaseline(baselineFrom(), other).baseline
    const result = gated({}, { baseline: both })
    expect(result.exitCode).toBe(3)
    expect(result.checks.filter(({ why }) => why === 'missing')).toHaveLength(3)
    expect(gated({}, { baseline: both, policy: { models: ['openai/s*'] } }).exitCode).toBe(0)
  })

  test('3: too few of the baseline’s tasks are in the run', () => {
    expect(checkOn(gated({ tasks: 60 }), 'turns')).toMatchObject({ outcome: 'inconclusive', why: 'few-tasks' })
  })

  test('4: infrastructure lost more than the policy allows', () => {
    const facts = (index: number) =>
      index % 10 === 0 ? ({ outcome: 'failed', cause: 'model:overloaded' } as const) : {}
    expect(gated({ facts })).toMatchObject({ status: 'infrastructure', exitCode: 4 })
    expect(gated({ facts: () => ({ outcome: 'failed' }) }).exitCode).toBe(4)
  })

  test('3: fewer lost, but how they had ended would change the word', () => {
    const facts = (index: number) => (index % 20 === 0 ? ({ outcome: 'failed' } as const) : {})
    expect(checkOn(gated({ facts }), 'solved')).toMatchObject({ outcome: 'inconclusive', why: 'lost-trials' })
  })

  test('5: nothing ran, or nobody who is a model, or nothing that the policy asks for', () => {
    expect(gated({ tasks: 0 })).toMatchObject({ status: 'nothing-ran', exitCode: 5 })
    expect(gated({ facts: () => ({ outcome: 'cancelled' }) }).exitCode).toBe(5)
    const simulated = gated({ facts: () => ({ playerKind: 'simulated', outcome: 'unsolved' }) })
    expect(simulated).toMatchObject({ exitCode: 5, reason: expect.stringContaining('simulated') })
    expect(gated({}, { policy: { models: ['anthropic/*'] } })).toMatchObject({
      exitCode: 5,
      reason: expect.stringContaining('openai/some'),
    })
  })
})

test('what got worse stands before anything that got better', () => {
  const result = gated({
    facts: index => ({
      turns: 14,
      inputTokens: 2000,
      outcome: index % 8 === 1 ? 'solved' : index % 2 ? 'unsolved' : 'solved',
    }),
  })
  const directions = result.checks.map(({ direction }) => direction)
  expect(directions[0]).toBe('worse')
  expect(directions.lastIndexOf('worse')).toBeLessThan(directions.indexOf('better'))
})

test('a task whose files changed is not compared, and said so', () => {
  const run = gateRunOf(gateTrials())
  run.manifest.tasks[taskName(4)] = { digest: 'another' }
  const result = gateRun(run, baselineFrom(), policyOf())
  expect(result.notCompared).toEqual([{ model: 'openai/some', arm: 'script-tool', task: taskName(4), why: 'changed' }])
  expect(checkOn(result, 'solved')).toMatchObject({ tasks: 79, tasksExpected: 80 })
})

test('tasks with fewer trials than the policy asks for are not compared', () => {
  const result = gated({}, { baseline: baselineFrom({ repeats: 2 }) })
  expect(result.notCompared[0]).toMatchObject({ why: 'few-baseline-trials' })
  expect(result.exitCode).toBe(3)
})

test('a run against its own trials has nothing independent to compare with, and never finds a regression', () => {
  const run = gateRunOf(
    gateTrials({ facts: (index, repeat) => ({ outcome: (index + repeat) % 3 ? 'solved' : 'unsolved' }) }),
  )
  const result = gateRun(run, baselineOf(run), policyOf())
  expect(result).toMatchObject({ status: 'inconclusive', notes: [expect.stringContaining("are the run's own")] })
})

test('the result follows its schema', () => {
  for (const result of [
    gated(),
    gated({ tasks: 0 }),
    gated({ tasks: 9, facts: i => ({ outcome: i % 3 ? 'solved' : 'failed' }) }),
  ])
    expect(gateSchema.safeParse(JSON.parse(JSON.stringify(result))).error).toBeUndefined()
})
