import { expect, test } from 'vitest'
import { createNop } from '../../../src/model/players/nop.ts'
import { prompt, requestOf } from '../../helpers/built-in-players.ts'

test('nop answers without an action in every mode', async () => {
  const nop = createNop(text => text.length)
  for (const mode of ['structured-serial', 'structured-parallel', 'script-tool', 'script-text'] as const) {
    const reply = await nop.ask(requestOf(mode, [prompt()]), { signal: new AbortController().signal })
    expect(reply).toMatchObject({ ok: true, message: { toolCalls: [], text: 'I did nothing.' } })
  }
})
