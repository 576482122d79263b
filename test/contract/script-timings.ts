import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { JsonValue } from '../../src/contracts/json.ts'
import type { ScriptEngine, ScriptTimings } from '../../src/contracts/script.ts'
import { read, requestFor } from './script-engine.ts'

const REPEATS = 7
/** Scripts whose shapes take a while. */
const REPEATS_SLOW = 3

const tools = {
  echo: read((args: JsonValue) => args),
  slow: read(({ ms }: { ms: number }) => sleep(ms, ms)),
  text: read(({ length }: { length: number }) => 'x'.repeat(length)),
  asked: read(async ({ ms }: { ms: number }, { onApprovalPending }) => {
    onApprovalPending(true)
    await sleep(ms)
    onApprovalPending(false)
    await sleep(ms)
    return ms
  }),
}

const SHAPES: Record<string, string> = {
  'no calls': 'return 1',
  'one call': 'return await tools.slow({ ms: 5 })',
  '50 sequential calls': 'for (let i = 0; i < 50; i++) await tools.echo({ i })',
  '100 parallel calls': 'await Promise.all(Array.from({ length: 100 }, (_, i) => tools.slow({ ms: i % 10 })))',
  'a big result in': 'return ((await tools.text({ length: 4_000_000 })) as string).length',
  'a big result out': 'return "x".repeat(900_000)',
  timers: 'for (let i = 0; i < 5; i++) await new Promise(r => setTimeout(r, 3))',
  'timers beside calls': 'await Promise.all([tools.slow({ ms: 10 }), new Promise(r => setTimeout(r, 20))])',
  'approvals pending': 'await Promise.all([tools.asked({ ms: 10 }), tools.asked({ ms: 15 }), tools.slow({ ms: 5 })])',
  'a write that finishes after the end': 'void tools.slow({ ms: 5 }); for (let i = 0; i < 1e5; i++);',
  'computing while calls run': 'const p = tools.slow({ ms: 3 }); for (let i = 0; i < 3e5; i++); await p',
  'a failure': 'await tools.slow({ ms: 2 }); throw new Error("x")',
  'a parse error': 'const a: = 1',
  'a loop that is ended': 'await tools.slow({ ms: 2 }); for (;;) {}',
  'a native call whose worker is killed': 'await tools.slow({ ms: 2 }); return new Array(1e9).join("x").length',
  'a timer beyond the wall budget': 'await tools.slow({ ms: 2 }); await new Promise(r => setTimeout(r, 1e6))',
}
const ENDED = { cpuTimeMs: 40, wallTimeMs: 60 }

const PARTS = [
  ...['stripMs', 'startMs', 'guestCpuMs', 'bridgeMs', 'freezeMs', 'teardownMs'],
  ...['toolWaitMs', 'approvalMs', 'timerWaitMs'],
] as (keyof ScriptTimings)[]

const limitsOf = (shape: string) => (/ended|killed|beyond/.test(shape) ? { limits: ENDED } : {})
const sumOf = (timings: ScriptTimings) => PARTS.reduce((sum, part) => sum + (timings[part] ?? 0), 0)
const median = (values: number[]) => values.sort((left, right) => left - right)[values.length >> 1] as number

/** What every script engine reports about time. */
export function scriptTimingsContract(name: string, create: () => ScriptEngine): void {
  describe(`${name}: time`, () => {
    let engine: ScriptEngine
    beforeAll(async () => {
      engine = create()
      await engine.run(requestFor('return 1'))
    })
    afterAll(() => engine.close())

    test.each(Object.entries(SHAPES))('the parts add up to the wall clock: %s', async (shape, source) => {
      const gaps: number[] = []
      const isSlow = 'limits' in limitsOf(shape) || shape.includes('big')
      for (let repeat = 0; repeat < (isSlow ? REPEATS_SLOW : REPEATS); repeat++) {
        const startedMs = performance.now()
        const { timings } = await engine.run(requestFor(source, tools, limitsOf(shape)))
        const wallMs = performance.now() - startedMs
        for (const part of PARTS) expect(timings[part], part).toBeGreaterThanOrEqual(0)
        gaps.push(Math.abs(wallMs - sumOf(timings)) - Math.max(1, wallMs * 0.05))
      }
      expect(median(gaps)).toBeLessThanOrEqual(0)
    })

    test('the largest memory is reported, also for a script whose worker is killed', async () => {
      const peakOf = async (source: string, more = {}) => {
        const { memoryPeakBytes = 0 } = await engine.run(requestFor(source, tools, more))
        return memoryPeakBytes / 1024 ** 2
      }
      const idle = await peakOf('return 1')
      expect(await peakOf('const a = new Uint8Array(30e6); return a.length')).toBeGreaterThan(idle + 10)
      expect(await peakOf('return 1')).toBe(idle)
      const killed = 'const a = new Uint8Array(30e6); await tools.slow({ ms: 1 }); new Array(1e9).join("x"); return a'
      expect(await peakOf(killed, { limits: { cpuTimeMs: 300 } })).toBeGreaterThan(idle + 10)
      expect(await engine.run(requestFor('const a: = 1'))).not.toHaveProperty('memoryPeakBytes')
    })

    test('a source that was prepared before is reported', async () => {
      const hits = []
      for (const source of ['return 41', 'return 41', 'return 42', 'return 41']) {
        hits.push((await engine.run(requestFor(source))).cacheHit)
      }
      expect(hits).toEqual([false, true, false, true])
    })

    test('each moment counts once: the guest before approvals, these before tools, tools before timers', async () => {
      const source = `const timer = new Promise(r => setTimeout(r, 500))
        await Promise.all([tools.asked({ ms: 40 }), tools.slow({ ms: 60 }), timer]); return 1`
      const { timings } = await engine.run(requestFor(source, tools))
      expect(timings.approvalMs).toBeGreaterThanOrEqual(30)
      expect(timings.toolWaitMs).toBeGreaterThanOrEqual(10)
      expect(timings.timerWaitMs).toBeGreaterThanOrEqual(20)
      expect(sumOf(timings)).toBeLessThan(timings.wallMs + 1)
    })
  })
}
