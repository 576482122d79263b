import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createByteSink } from '../../src/os-sandbox/byte-sink.ts'

test('keeps the first bytes up to the limit, whatever the chunks, and returns what it kept', () => {
  const chunks = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 20 })
  fc.assert(
    fc.property(chunks, fc.integer({ min: 0, max: 200 }), (parts, bytesMax) => {
      const sink = createByteSink(bytesMax)
      const kept = parts.map(part => Buffer.from(sink.write(part)))
      const expected = Buffer.concat(parts).subarray(0, bytesMax)
      expect(Buffer.from(sink.content())).toEqual(expected)
      expect(Buffer.concat(kept)).toEqual(expected)
    }),
  )
})

test('its buffer grows beyond the first size', () => {
  const sink = createByteSink(100_000)
  for (let index = 0; index < 30; index++) sink.write(new Uint8Array(1000).fill(index))
  expect(sink.content()).toHaveLength(30_000)
  expect(sink.content().at(-1)).toBe(29)
})
