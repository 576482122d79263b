// Covers: metrics/

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { measureTrial } from '../../src/metrics/measure-trial.ts'
import type { TrialMetrics } from '../../src/metrics/trial-metrics.ts'
import { type TrialPlan, trialEvents } from '../helpers/trial-events.ts'

function measure(plan: TrialPlan): TrialMetrics {
  const metrics = measureTrial(trialEvents(plan))
  if (metrics === undefined) throw new Error('not measured')
  return metrics
}

const script = (failure?: 'thrown' | 'tool-error' | 'cpu' | 'cancelled') =>
  failure === undefined ? {} : { failure: { class: failure, message: 'no' } }

describe('what is not measured', () => {
  test('a trial that was interrupted', () => {
    expect(measureTrial(trialEvents({ isInterrupted: true }))).toBeUndefined()
  })

  test('a log that never started', () => {
    expect(measureTrial([])).toBeUndefined()
  })

  test('a log that lacks its beginning only', () => {
    expect(measureTrial(trialEvents().slice(1))).toBeUndefined()
  })
})

describe('identity', () => {
  test('comes from the descriptor', () => {
    const { taskDigest: _, ...trial } = { taskDigest: '', id: 'x1', callsMin: 3, block: 4, position: 1 }
    expect(measure({ trial, arm: { mode: 'script-tool', custom: { tone: 'terse' } } })).toMatchObject({
      trialId: 'x1',
      callsMin: 3,
      looksMin: undefined,
      block: 4,
      position: 1,
      mode: 'script-tool',
      custom: { tone: 'terse' },
      params: undefined,
    })
  })

  test('parameters are one text, whatever their order', () => {
    const left = measure({ trial: { parameters: { temperature: 0, reasoningEffort: 'low' } } })
    const right = measure({ trial: { parameters: { reasoningEffort: 'low', temperature: 0 } } })
    expect(left.params).toBe('{"reasoningEffort":"low","temperature":0}')
    expect(right.params).toBe(left.params)
  })

  test('served models are named once each', () => {
    const turns = ['m-1', 'm-2', 'm-1'].map(servedModel => ({ servedModel }))
    expect(measure({ turns }).servedModel).toBe('m-1 m-2')
    expect(measure({}).servedModel).toBeUndefined()
  })
})

describe('the ending', () => {
  test.each([
    [{ kind: 'solved' }, undefined],
    [{ kind: 'unsolved', cause: 'refused' }, 'refused'],
    [{ kind: 'failed', cause: { area: 'model', class: 'auth', message: '' } }, 'model:auth'],
    [{ kind: 'failed', cause: { area: 'verifier', message: '' } }, 'verifier'],
  ] as const)('%j has the cause %s', (outcome, cause) => {
    expect(measure({ outcome })).toMatchObject({ outcome: outcome.kind, cause, limitHit: undefined })
  })

  test('a limit is named', () => {
    expect(measure({ outcome: { kind: 'limited', limit: 'turns' } }).limitHit).toBe('turns')
  })

  test('clauses are kept from 1 upwards, over all steps', () => {
    const clauses = [{ a: 1, b: 0.5 }, { a: 2 }]
    expect(measure({ clauses })).toMatchObject({ clausesKept: 2, clausesTotal: 3 })
  })

  test('without a verdict, clauses are unknown', () => {
    expect(measure({})).toMatchObject({ clausesKept: undefined, clausesTotal: undefined })
  })

  test('a verifier without a reward leaves the share unknown', () => {
    const events = trialEvents({ clauses: [{ a: 1 }] }).map(event => {
      if (event.type !== 'verifier_end') return event
      const { clauses: _, ...rest } = event
      return rest
    })
    expect(measureTrial(events)?.clausesTotal).toBeUndefined()
  })
})

describe('turns and requests', () => {
  test('a retry is a request, not a turn', () => {
    const failure = { class: 'overloaded', message: '' } as const
    const attempts = [
      { attempt: 1, durationMs: 100, failure, backoffMs: 400 },
      { attempt: 2, durationMs: 200 },
    ]
    expect(measure({ turns: [{ attempts }] })).toMatchObject({
      turns: 1,
      requests: 2,
      errorsProvider: 1,
      backoffMs: 400,
      modelMs: 300,
    })
  })

  test('a player that reports no attempts made one a reply', () => {
    const events = trialEvents({ turns: [{}, {}] }).filter(event => event.type !== 'model_attempt')
    expect(measureTrial(events)).toMatchObject({ requests: 2, modelMs: 2000, errorsProvider: 0 })
  })

  test('a refusal is not an error of the provider', () => {
    const failure = { class: 'refused', message: '' } as const
    const turns = [{ failure, attempts: [{ attempt: 1, durationMs: 1, failure }] }]
    expect(measure({ turns })).toMatchObject({ errorsProvider: 0, requests: 1 })
  })
})

describe('tokens and cost', () => {
  const prices = { inputPerMillion: 2, cacheReadPerMillion: 1, outputPerMillion: 10, source: 's', date: '2026-01-01' }

  test('buckets are summed', () => {
    expect(measure({ turns: [{}, {}], trial: { prices } })).toMatchObject({
      inputTokensFresh: 2000,
      cacheReadTokens: 1000,
      cacheWriteTokens: 0,
      inputTokens: 3000,
      outputTokens: 200,
      reasoningTokens: 80,
      tokensEstimated: false,
      costUsd: (2000 * 2 + 1000 * 1 + 200 * 10) / 1e6,
    })
  })

  test('a bucket that one reply does not report is unknown, the others are kept', () => {
    const events = trialEvents({ turns: [{}, {}], trial: { prices } }).map(event => {
      if (event.type !== 'model_reply' || event.turn !== 2 || event.usage === undefined) return event
      const { cacheReadTokens: _, ...usage } = event.usage
      return { ...event, usage }
    })
    expect(measureTrial(events)).toMatchObject({
      inputTokensFresh: 2000,
      cacheReadTokens: undefined,
      inputTokens: 2500,
    })
  })

  test('without usage nothing is known', () => {
    expect(measure({ turns: [{ usage: 'none' }], trial: { prices } })).toMatchObject({
      outputTokens: undefined,
      tokensEstimated: undefined,
      costUsd: undefined,
    })
  })

  test('without prices the cost is unknown', () => {
    expect(measure({}).costUsd).toBeUndefined()
  })

  test('a cut-off reply is billed, a request that never arrived is not', () => {
    const turns: TrialPlan['turns'] = [
      { failure: { class: 'truncated', message: '' }, protocolErrors: ['truncated'] },
      { failure: { class: 'connection', message: '' }, usage: 'none' },
    ]
    expect(measure({ turns })).toMatchObject({ outputTokens: 100 })
  })

  test('one estimate marks the trial', () => {
    expect(measure({ turns: [{}, { usage: { estimated: true } }] }).tokensEstimated).toBe(true)
  })

  test.each([
    [[true, true], 'yes'],
    [[false, false], 'no'],
    [[true, false], 'partly'],
    [[], undefined],
  ] as const)('reasoning carried %j is %s', (carried, expected) => {
    const turns = [{}, ...carried.map(reasoningCarried => ({ reasoningCarried }))]
    expect(measure({ turns }).reasoningCarried).toBe(expected)
  })

  test('distances and sizes take the largest, copies the sum', () => {
    const turns = [
      { request: { reinjectedCopies: 1, reinjectedTokens: 30 } },
      { request: { reinjectedCopies: 2, reinjectedTokens: 60 } },
    ]
    expect(measure({ turns })).toMatchObject({
      reinjectedCopies: 3,
      reinjectedTokens: 90,
      promptDistanceTokensMax: 200,
      contextTokensPeak: 2000,
    })
  })
})

describe('calls', () => {
  test('are counted in whichever mode', () => {
    const turns: TrialPlan['turns'] = [
      { calls: [{}, { facts: { compound: true, osSandboxMs: 3 } }] },
      { script: { calls: [{ facts: { osSandboxMs: 4 } }] } },
      { calls: [{}], refusedCalls: 2 },
    ]
    expect(measure({ turns })).toMatchObject({
      toolCalls: 4,
      callsRefusedSerial: 2,
      shellCompoundCalls: 1,
      osSandboxMs: 7,
      bytesFromTools: 1200,
      bytesIntoContext: 600,
    })
  })

  test('that overlap show in flight and in utilisation', () => {
    const calls = [
      { startMs: 0, durationMs: 10 },
      { startMs: 0, durationMs: 10 },
      { startMs: 5, durationMs: 10 },
    ]
    expect(measure({ turns: [{ calls }] })).toMatchObject({ maxInFlight: 3, parallelUtilisation: 2, toolMs: 15 })
  })

  test('one after another are one in flight', () => {
    const calls = [
      { startMs: 0, durationMs: 10 },
      { startMs: 10, durationMs: 10 },
    ]
    expect(measure({ turns: [{ calls }] })).toMatchObject({ maxInFlight: 1, parallelUtilisation: 1 })
  })

  test('without any, parallelism is not measured', () => {
    expect(measure({})).toMatchObject({ toolCalls: 0, maxInFlight: undefined, parallelUtilisation: undefined })
  })

  test('approvals are counted whatever the answer', () => {
    const calls = [{ approval: 'allowed' as const }, { approval: 'denied' as const }, {}]
    expect(measure({ turns: [{ calls }] }).approvalsAsked).toBe(2)
  })

  test('unexpected files are unknown where the task does not say', () => {
    expect(measure({}).filesTouchedUnexpected).toBeUndefined()
    expect(measure({ unexpected: [] }).filesTouchedUnexpected).toBe(0)
  })
})

describe('scripts', () => {
  const failedCall = { error: { code: 'not-found', message: '' } } as const
  const cancelledCall = { error: { code: 'cancelled', message: '' } } as const

  test('the first run counts', () => {
    const turns = [{ script: script('thrown') }, { script: script() }]
    expect(measure({ turns })).toMatchObject({ scripts: 2, scriptFailures: 1, scriptFirstRunOk: false })
    expect(measure({ turns: turns.toReversed() }).scriptFirstRunOk).toBe(true)
    expect(measure({}).scriptFirstRunOk).toBeUndefined()
  })

  test('a failure through a tool is not the script’s own', () => {
    expect(measure({ turns: [{ script: script('tool-error') }] })).toMatchObject({ scriptFailures: 1, errorsScript: 0 })
  })

  test('a script cancelled at a limit has not failed, but its writes count', () => {
    const turns = [{ script: { ...script('cancelled'), calls: [{ effect: 'write' as const }] } }]
    expect(measure({ turns })).toMatchObject({ scriptFailures: 0, errorsScript: 0, partialEffects: 1 })
  })

  test('failed calls in a script that succeeded are handled', () => {
    const turns = [
      { script: { calls: [failedCall, cancelledCall] } },
      { script: { ...script('tool-error'), calls: [failedCall] } },
      { calls: [failedCall] },
    ]
    expect(measure({ turns })).toMatchObject({ errorsTool: 3, errorsToolHandled: 1 })
  })

  test('writes before a failure are partial effects', () => {
    const calls = [
      { effect: 'write' as const },
      { effect: 'read' as const },
      { effect: 'write' as const, ...failedCall },
    ]
    expect(measure({ turns: [{ script: { ...script('thrown'), calls } }] }).partialEffects).toBe(1)
    expect(measure({ turns: [{ script: { calls } }] }).partialEffects).toBe(0)
  })

  test('sandbox and guest time are separate', () => {
    const timings = { stripMs: 1, startMs: 2, bridgeMs: 3, freezeMs: 4, teardownMs: 5, guestCpuMs: 100, wallMs: 500 }
    const turns = [{ script: { timings } }, { script: { timings } }]
    expect(measure({ turns })).toMatchObject({ scriptSandboxMs: 30, scriptGuestCpuMs: 200 })
  })

  test('failure classes, memory, cache and timers of all scripts', () => {
    const turns: TrialPlan['turns'] = [
      { script: { ...script('thrown'), memoryPeakBytes: 20, cacheHit: false, timings: { timerWaitMs: 5 } } },
      { script: { ...script('cpu'), memoryPeakBytes: 30, cacheHit: true } },
      { script: { ...script('thrown'), cacheHit: true, timings: { timerWaitMs: 2 } } },
    ]
    expect(measure({ turns })).toMatchObject({
      scriptFailureClasses: 'thrown 2; cpu 1',
      scriptMemoryPeakBytes: 30,
      scriptCacheHits: 2,
      scriptTimerMs: 7,
    })
  })

  test('what a log of version 1 does not contain stays unknown', () => {
    const metrics = measure({ turns: [{ script: script() }] })
    expect(metrics).toMatchObject({ scriptMemoryPeakBytes: undefined, scriptCacheHits: undefined })
    expect(metrics).toMatchObject({ scriptTimerMs: undefined, scriptFailureClasses: undefined })
  })

  test('a script without an end is neither failed nor handled', () => {
    const turns = [{ script: { isOpen: true, calls: [failedCall] } }]
    expect(measure({ turns })).toMatchObject({ scripts: 1, scriptFailures: 0, errorsToolHandled: 0 })
  })
})

describe('repair', () => {
  test('is the turn after a failure of form, with its tokens', () => {
    const turns: TrialPlan['turns'] = [{ script: script('thrown') }, { protocolErrors: ['unknown-tool'] }, {}, {}]
    expect(measure({ turns })).toMatchObject({ repairTurns: 2, repairTokens: 3200, errorsProtocol: 1 })
  })

  test('needs a turn to follow', () => {
    expect(measure({ turns: [{ protocolErrors: ['empty-reply'] }] })).toMatchObject({ repairTurns: 0, repairTokens: 0 })
  })

  test('of unknown size stays unknown', () => {
    const turns: TrialPlan['turns'] = [{ protocolErrors: ['unknown-tool'] }, { usage: 'none' }]
    expect(measure({ turns })).toMatchObject({ repairTurns: 1, repairTokens: undefined })
  })
})

describe('time', () => {
  test('adds up where nothing overlaps', () => {
    const attempts = [
      { attempt: 1, durationMs: 100, failure: { class: 'rate-limit' as const, message: '' }, backoffMs: 50 },
      { attempt: 2, durationMs: 200 },
    ]
    const calls = [{ queuedMs: 0, startMs: 30, durationMs: 40 }]
    const metrics = measure({ turns: [{ attempts, calls }], tailMs: 5, clauses: [{ a: 1 }], cpuMs: 9 })
    expect(metrics).toMatchObject({
      wallMs: 425,
      backoffMs: 50,
      modelMs: 300,
      toolMs: 40,
      workingMs: 345,
      harnessMs: 5,
      cpuMs: 9,
    })
  })

  test('waiting for a person before a call is not working time', () => {
    const calls = [{ queuedMs: 0, startMs: 1000, durationMs: 10, approvalMs: 1000, approval: 'allowed' as const }]
    expect(measure({ turns: [{ latencyMs: 100, calls }] })).toMatchObject({ wallMs: 1110, workingMs: 110, toolMs: 10 })
  })

  test('waiting for a person inside a call is neither tool time nor working time', () => {
    const calls = [{ startMs: 0, durationMs: 1010, approvalMs: 1000, approval: 'allowed' as const }]
    expect(measure({ turns: [{ latencyMs: 100, calls }] })).toMatchObject({ wallMs: 1110, workingMs: 110, toolMs: 10 })
  })

  test('queueing behind a running call is working time', () => {
    const calls = [
      { startMs: 0, durationMs: 100 },
      { queuedMs: 0, startMs: 100, durationMs: 10 },
    ]
    expect(measure({ turns: [{ latencyMs: 100, calls }] })).toMatchObject({ wallMs: 210, workingMs: 210 })
  })

  test('the verifier is not part of the wall time', () => {
    expect(measure({ turns: [{ latencyMs: 100 }], clauses: [{ a: 1 }, { b: 1 }] }).wallMs).toBe(100)
  })

  test('harness time is never negative', () => {
    const turns = [{ latencyMs: 10, script: { timings: { guestCpuMs: 500 } } }]
    expect(measure({ turns }).harnessMs).toBe(0)
  })
})

test('any plan of calls keeps the bounds between the numbers', () => {
  const call = fc.record({ startMs: fc.nat(100), durationMs: fc.nat(50), effect: fc.constantFrom('read', 'write') })
  const failure = fc.constantFrom(undefined, 'thrown' as const, 'tool-error' as const)
  const turn = fc.record({ calls: fc.array(call, { maxLength: 5 }), failure })
  fc.assert(
    fc.property(fc.array(turn, { minLength: 1, maxLength: 6 }), turns => {
      const metrics = measure({
        turns: turns.map(({ calls, failure: kind }) => ({
          script: { ...script(kind), calls },
        })) as TrialPlan['turns'] & {},
      })
      const { toolCalls, toolMs, wallMs, workingMs, maxInFlight = 0, parallelUtilisation = 1 } = metrics
      expect(toolMs).toBeLessThanOrEqual(wallMs)
      expect(workingMs).toBeLessThanOrEqual(wallMs)
      expect(maxInFlight).toBeLessThanOrEqual(toolCalls)
      expect(parallelUtilisation).toBeGreaterThanOrEqual(1)
      expect(parallelUtilisation).toBeLessThanOrEqual(Math.max(1, maxInFlight) + 1e-9)
      expect(metrics.repairTurns).toBeLessThan(metrics.turns)
    }),
    { numRuns: 100 },
  )
})
