import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createScriptEngine } from '../../src/script-engine/create-script-engine.ts'
import { failed, read, requestFor, returned } from '../contract/script-engine.ts'

const MIB = 1024 * 1024
const CAP_TOLERANCE = 1.1

const engine = createScriptEngine({ workers: 1 })
beforeAll(async () => {
  await engine.run(requestFor('return 1'))
})
afterAll(() => engine.close())

const BOMBS: Record<string, string> = {
  arrays: 'const a: any[] = []; for (;;) a.push(new Array(1000).fill(1))',
  'a doubling string': 'let s = "x"; for (;;) { s += s; s.charCodeAt(1) }',
  'strings in pieces': 'const a = []; for (let i = 0; ; i++) a.push("x".repeat(1e5) + i)',
  'typed arrays': 'const a = []; for (;;) a.push(new Uint8Array(1e6).fill(1))',
  'a split': 'return "x,".repeat(2e7).split(",").length',
  'a wide JSON text': 'return JSON.stringify(Array.from({ length: 3e6 }, () => ({ a: 1 }))).length',
  'JSON that grows when parsed': 'return JSON.parse("[" + "{},".repeat(3e6) + "0]").length',
}

/** At this cap the next script, with the default one, must find nothing amiss. */
async function expectRight(): Promise<void> {
  const echo = read((args: never) => args)
  const source =
    'const r = await tools.echo({ a: [1, 2] }); return [r, "x,y".split(","), new Array(3).fill(0), JSON.parse("[1]")]'
  const value = returned(await engine.run(requestFor(source, { echo })))
  expect(value).toEqual([{ a: [1, 2] }, ['x', 'y'], [0, 0, 0], [1]])
}

describe('memory cap', () => {
  test.each(Object.entries(BOMBS))(
    'of 64 MiB holds against %s, and the next script is right',
    async (_name, source) => {
      await expectCapped(source, 64)
    },
  )

  test.each([16, 32, 128])('of %i MiB holds, and the next script is right', async mib => {
    await expectCapped(BOMBS['typed arrays'] as string, mib)
    await expectCapped(BOMBS['JSON that grows when parsed'] as string, mib)
  })

  test('what fits under the cap runs', async () => {
    const source =
      'return Array.from({ length: 40 }, () => new Uint8Array(1e6).fill(7)).reduce((n, bytes) => n + bytes[9]!, 0)'
    const outcome = await engine.run(requestFor(source, {}, { limits: { memoryBytesMax: 64 * MIB } }))
    expect(returned(outcome)).toBe(280)
    expect(outcome.memoryPeakBytes).toBeGreaterThan(40e6)
  })
})

async function expectCapped(source: string, mib: number): Promise<void> {
  const limits = { memoryBytesMax: mib * MIB, cpuTimeMs: 30_000 }
  const outcome = await engine.run(requestFor(source, {}, { limits }))
  expect(failed(outcome)).toMatchObject({ class: 'memory', message: expect.stringContaining(`${mib} MiB`) })
  expect(outcome.memoryPeakBytes).toBeGreaterThan(0)
  expect(outcome.memoryPeakBytes).toBeLessThanOrEqual(mib * MIB * CAP_TOLERANCE)
  await expectRight()
}
