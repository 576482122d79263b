import { expect, test } from 'vitest'
import { createMemoryImage } from '../../../src/script-engine/vm/memory-image.ts'

const PAGE = 64 * 1024

function machine() {
  const memory = new WebAssembly.Memory({ initial: 4, maximum: 8 })
  const bytes = () => new Uint8Array(memory.buffer)
  bytes().fill(7, 10_000, 12_000)
  bytes().fill(9, 3 * PAGE, 3 * PAGE + 10)
  const state = { heapEnd: 3 * PAGE + 4096 }
  const image = createMemoryImage({ memory, stackTop: PAGE, heapEnd: () => state.heapEnd })
  return { memory, bytes, state, image }
}

test('restores what was there and wipes what a script has written up to the end of the heap', () => {
  const { bytes, state, image } = machine()
  const before = bytes().slice()
  for (const [from, to] of [
    [0, 20_000],
    [2 * PAGE, 2 * PAGE + 5],
    [3 * PAGE, 4 * PAGE],
  ] as const)
    bytes().fill(1, from, to)
  state.heapEnd = 4 * PAGE
  expect(image.restore()).toBe(true)
  expect(Buffer.compare(bytes(), before)).toBe(0)
})

test('a memory that has grown is not restored', () => {
  const { memory, image } = machine()
  memory.grow(1)
  expect(image.restore()).toBe(false)
})
