import { expect, test } from 'vitest'
import { prepareScript } from '../../../src/script-engine/source/prepare-script.ts'
import { createScriptCache } from '../../../src/script-engine/source/script-cache.ts'

function counted(limits: { entriesMax: number; lengthMax: number }) {
  const prepared: string[] = []
  const get = createScriptCache({
    ...limits,
    prepare: async source => {
      prepared.push(source)
      return source === 'broken'
        ? { ok: false, failure: { class: 'killed', message: 'the thread has ended' } }
        : prepareScript(source)
    },
  })
  return { prepared, get }
}

test('a script is prepared once', async () => {
  const { prepared, get } = counted({ entriesMax: 2, lengthMax: 100 })
  const first = await get('return 1')
  const again = await get('return 1')
  expect([first.isHit, again.isHit]).toEqual([false, true])
  expect(again.preparation).toBe(first.preparation)
  expect(prepared).toEqual(['return 1'])
})

test('the script that was not used for the longest time is forgotten first', async () => {
  const { prepared, get } = counted({ entriesMax: 2, lengthMax: 100 })
  for (const source of ['a', 'b', 'a', 'c', 'a', 'b']) await get(source)
  expect(prepared).toEqual(['a', 'b', 'c', 'b'])
})

test('scripts are kept up to a length of all together', async () => {
  const { prepared, get } = counted({ entriesMax: 9, lengthMax: 8 })
  for (const source of ['aaaa', 'bbbb', 'aaaa', 'bbbb', 'c', 'bbbb', 'aaaa']) await get(source)
  expect(prepared).toEqual(['aaaa', 'bbbb', 'c', 'aaaa'])
})

test('a script that cannot be parsed is kept, one that failed for another reason is not', async () => {
  const { prepared, get } = counted({ entriesMax: 9, lengthMax: 100 })
  for (const source of ['return (', 'return (', 'broken', 'broken']) await get(source)
  expect(prepared).toEqual(['return (', 'broken', 'broken'])
})

test('a source that is too long is refused without being prepared', async () => {
  const { prepared, get } = counted({ entriesMax: 9, lengthMax: 100 })
  const { preparation, isHit } = await get(' '.repeat(1024 * 1024 + 1))
  expect(preparation).toMatchObject({ ok: false, failure: { class: 'parse' } })
  expect([isHit, prepared]).toEqual([false, []])
})
