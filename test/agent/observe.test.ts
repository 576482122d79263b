import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ActionResult } from '../../src/agent/mode-strategy.ts'
import { observe, shareTokens } from '../../src/agent/observe.ts'

const countTokens = (text: string) => Math.ceil(text.length / 4)

function resultOf(text: string, index = 1): ActionResult {
  return { action: { kind: 'call', callId: `c${index}`, tool: 'exec', args: {} }, text, isError: false }
}

function options(tokensMax: number, isNative = true) {
  const spilled = new Map<string, string>()
  const spill = async (name: string, text: string) => {
    spilled.set(name, text)
    return `/workspace/.scriptbench/${name}`
  }
  return { spilled, options: { turn: 3, isNative, tokensMax, countTokens, spill } }
}

test('short results pass whole, in order, each with its call', async () => {
  const { options: given, spilled } = options(100)
  const { message, tokensCut } = await observe([resultOf('one', 1), resultOf('two', 2)], given)
  expect(message).toMatchObject({
    role: 'tool',
    results: [{ callId: 'c1', parts: [{ text: 'one' }] }, { callId: 'c2' }],
  })
  expect(tokensCut).toBe(0)
  expect(spilled.size).toBe(0)
})

test('a long result keeps head and tail, and the whole text lies where the cut says', async () => {
  const { options: given, spilled } = options(50)
  const long = `BEGIN${'x'.repeat(4_000)}END`
  const { message, tokensCut, spilledTo } = await observe([resultOf(long)], given)
  const text = message.role === 'tool' ? message.results[0]?.parts[0]?.text : undefined
  expect(text).toMatch(/^BEGIN/)
  expect(text).toMatch(/END$/)
  expect(text).toContain(spilledTo)
  expect(text?.length).toBeLessThan(400)
  expect(tokensCut).toBe(countTokens(long) - 50)
  expect([...spilled.values()]).toEqual([long])
})

test('without native calls the observation is user text', async () => {
  const { message } = await observe([resultOf('one')], options(100, false).options)
  expect(message).toMatchObject({ role: 'user', parts: [{ text: 'one', origin: 'observation' }] })
})

test('a surrogate pair is never cut in half', async () => {
  const { message } = await observe([resultOf('🙂'.repeat(1_000))], options(20).options)
  expect(JSON.stringify(message)).not.toMatch(/\\ud[89ab]/)
})

test('shares never exceed the budget nor a result, and waste nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(5_000), { maxLength: 20 }), fc.nat(10_000), (sizes, tokensMax) => {
      const shares = shareTokens(sizes, tokensMax)
      const total = shares.reduce((sum, share) => sum + share, 0)
      const wanted = sizes.reduce((sum, size) => sum + size, 0)
      expect(shares.every((share, index) => share <= (sizes[index] as number))).toBe(true)
      expect(total).toBeLessThanOrEqual(tokensMax)
      expect(total).toBeGreaterThanOrEqual(Math.min(wanted, tokensMax) - sizes.length)
    }),
  )
})
