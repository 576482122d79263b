// Covers: script-engine/thread/serve-scripts.ts, script-engine/thread/worker-run.ts
import { afterAll, describe, expect, test } from 'vitest'
import { seededRandom } from '../../src/base/random.ts'
import { createScriptEngine } from '../../src/script-engine/create-script-engine.ts'
import { requestFor } from '../contract/script-engine.ts'
import { CORPUS } from './hostile/corpus.ts'
import { createHostileGround, ENDED_WITHIN_MS, expectSurvived, HOSTILE_LIMITS } from './hostile/hostile-ground.ts'
import type { HostileScript } from './hostile/hostile-script.ts'
import { isFullSet } from './hostile/set-size.ts'

const PART = 0.08

/** The same part each time, with at least one script of every threat. */
function partOfCorpus(): readonly HostileScript[] {
  const random = seededRandom('part')
  const threats = new Set<string>()
  return CORPUS.filter(({ threat }) => {
    const isFirst = !threats.has(threat)
    threats.add(threat)
    return random() < PART || isFirst
  })
}

describe('the hostile corpus', () => {
  const ground = createHostileGround()
  afterAll(() => ground.close())

  test.each(isFullSet ? CORPUS : partOfCorpus())(
    '$id ends, and the next script is right, from a clean image',
    async script => {
      const startedMs = performance.now()
      const { outcome, leaving } = await ground.run(script.source, script.limits)
      expect(performance.now() - startedMs).toBeLessThan(ENDED_WITHIN_MS)
      expect(script.ends).toContain(outcome.ok ? 'ok' : outcome.failure.class)
      if (outcome.ok && script.value !== undefined) expect(outcome.value).toEqual(script.value)
      await expectSurvived(ground, outcome, leaving)
    },
  )
})

describe('the event loop of the caller', () => {
  const engine = createScriptEngine({ workers: 1 })
  afterAll(() => engine.close())

  test.each([
    ['computes for ever', 'for (;;) {}'],
    ['searches for ever in one call', 'return new Array(1e9).join("x").length'],
    ['backtracks for ever', 'return /^(a+)+$/.test("a".repeat(60) + "b")'],
    ['is slow to read', `return ${'<a>'.repeat(4000)}`],
    ['throws what patterns choke on', 'throw new Error("modulenot".repeat(880))'],
    ['fails far out in a long line', `const s = "${'a'.repeat(150_000)}"; const f = null as any; (0,f)()`],
  ])('stays free while a script %s', async (_name, source) => {
    await engine.run(requestFor('return 1'))
    let longestMs = 0
    let lastMs = performance.now()
    const look = () => {
      const nowMs = performance.now()
      longestMs = Math.max(longestMs, nowMs - lastMs)
      lastMs = nowMs
    }
    const timer = setInterval(look, 5)
    await engine.run(requestFor(source, {}, { limits: HOSTILE_LIMITS }))
    look()
    clearInterval(timer)
    expect(longestMs).toBeLessThan(1_000)
  })
})
