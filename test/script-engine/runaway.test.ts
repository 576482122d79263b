import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createScriptEngine } from '../../src/script-engine/create-script-engine.ts'
import { failed, read, requestFor, returned, slow } from '../contract/script-engine.ts'

const LIMITS = { cpuTimeMs: 60, wallTimeMs: 10_000 }
const BOUND_MS = 10_000
const TICK_MS = 5

const engine = createScriptEngine({ workers: 3 })
beforeAll(async () => {
  await engine.run(requestFor('return 1'))
})
afterAll(() => engine.close())

/** Scripts that would never end, or not soon, by themselves. */
const RUNAWAYS: Record<string, string> = {
  'an endless loop': 'while (true) {}',
  'a loop that catches everything': 'for (;;) { try { for (;;) {} } catch {} finally { continue } }',
  'endless microtasks': 'for (;;) await null',
  'a catastrophic regular expression': 'return /^(a+)+$/.test("a".repeat(60) + "b")',
  'a catastrophic replace': 'return "x".repeat(3e4).replace(/(x+x+)+y/g, "")',
  'a long native join': 'return new Array(1e9).join("x").length',
  'a long native search': 'const s = "a".repeat(4e6); for (;;) s.indexOf("a".repeat(2e6) + "b")',
  'wide JSON': 'const a = Array.from({ length: 2e5 }, () => ({ a: 1 })); for (;;) JSON.parse(JSON.stringify(a))',
}

async function expectRight(): Promise<void> {
  const echo = read((args: never) => args)
  const source = 'const rows = await Promise.all([1, 2, 3].map(n => tools.echo({ n }))); return rows.map(row => row.n)'
  expect(returned(await engine.run(requestFor(source, { echo })))).toEqual([1, 2, 3])
}

describe('runaway scripts', () => {
  test.each(Object.entries(RUNAWAYS))('%s is ended, the next script is right', async (_name, source) => {
    const startedMs = performance.now()
    const outcome = await engine.run(requestFor(source, {}, { limits: LIMITS }))
    expect(failed(outcome).class).toBe('cpu')
    expect(performance.now() - startedMs).toBeLessThan(BOUND_MS)
    await expectRight()
  })

  test('other scripts do not notice: they wait for tools and compute meanwhile', async () => {
    const ended = { hostile: 0 }
    const hostile = async () => {
      for (const source of Object.values(RUNAWAYS).slice(-4)) {
        expect(failed(await engine.run(requestFor(source, {}, { limits: LIMITS }))).class).toBe('cpu')
        ended.hostile += 1
      }
    }
    const ordinary = async () => {
      let rounds = 0
      while (ended.hostile < 4) {
        const source =
          'let sum = 0; for (let i = 0; i < 10; i++) sum += await tools.slow({ ms: 2 }) + [1, 2].length; return sum'
        expect(returned(await engine.run(requestFor(source, { slow })))).toBe(40)
        rounds += 1
      }
      return rounds
    }
    const [, rounds] = await Promise.all([hostile(), ordinary()])
    expect(rounds).toBeGreaterThan(3)
  })

  test('with one worker the spare takes over for scripts that wait in the queue', async () => {
    const single = createScriptEngine({ workers: 1 })
    const hang = requestFor(RUNAWAYS['a long native join'] as string, {}, { limits: LIMITS })
    const order: string[] = []
    const note = (name: string) => (outcome: { ok: boolean }) => order.push(`${name} ${outcome.ok}`)
    await Promise.all([
      single.run(hang).then(note('first hang')),
      single.run(requestFor('return 1')).then(note('first')),
      single.run(hang).then(note('second hang')),
      single.run(requestFor('return 2')).then(note('second')),
    ])
    expect(order).toEqual(['first hang false', 'first true', 'second hang false', 'second true'])
    await single.close()
  })
})

describe('the event loop', () => {
  test.each(['an endless loop', 'a catastrophic regular expression', 'a long native join'])(
    'stays free while %s is under way',
    async name => {
      let ticks = 0
      let worstMs = 0
      let lastMs = performance.now()
      const timer = setInterval(() => {
        const nowMs = performance.now()
        worstMs = Math.max(worstMs, nowMs - lastMs)
        lastMs = nowMs
        ticks += 1
      }, TICK_MS)
      const startedMs = performance.now()
      await engine.run(requestFor(RUNAWAYS[name] as string, {}, { limits: { ...LIMITS, cpuTimeMs: 200 } }))
      clearInterval(timer)
      const passedMs = performance.now() - startedMs
      expect(ticks).toBeGreaterThan(passedMs / TICK_MS / 10)
      expect(worstMs).toBeLessThan(passedMs / 2)
    },
  )

  test('stays free while a large result is on its way', async () => {
    let ticks = 0
    const timer = setInterval(() => {
      ticks += 1
    }, TICK_MS)
    const source = 'const rows = Array.from({ length: 4e4 }, (_, id) => ({ id, name: "row " + id })); return rows'
    const outcome = await engine.run(requestFor(source, {}, { limits: { outputBytesMax: 20_000_000 } }))
    await sleep(TICK_MS)
    clearInterval(timer)
    expect(returned(outcome)).toHaveLength(40_000)
    expect(ticks).toBeGreaterThan(3)
  })
})
