import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { hostileProgram } from './hostile/generated.ts'
import { createHostileGround, ENDED_WITHIN_MS, expectSurvived } from './hostile/hostile-ground.ts'
import { isFullSet, TIMEOUT_MS } from './hostile/set-size.ts'

const PROGRAMS = isFullSet ? 1_000 : 25
const LIMITS = { cpuTimeMs: 40, wallTimeMs: 1_000 }

const ground = createHostileGround()
afterAll(() => ground.close())

test(
  `after each of ${PROGRAMS} generated hostile scripts the next one is right, from a clean image`,
  async () => {
    const survives = fc.asyncProperty(hostileProgram, async source => {
      const startedMs = performance.now()
      const { outcome, leaving } = await ground.run(source, LIMITS)
      expect(performance.now() - startedMs).toBeLessThan(ENDED_WITHIN_MS)
      await expectSurvived(ground, outcome, leaving)
    })
    await fc.assert(survives, { numRuns: PROGRAMS, endOnFailure: true })
  },
  TIMEOUT_MS,
)
