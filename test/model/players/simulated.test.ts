import { afterAll, expect, test } from 'vitest'
import type { Message } from '../../../src/contracts/model.ts'
import { createSimulated, type Mistakes, parseMistakes } from '../../../src/model/players/simulated.ts'
import { createScriptEngine } from '../../../src/script-engine/create-script-engine.ts'
import { oracleOptions, type PlayedMode, playStructured, prompt, requestOf } from '../../helpers/built-in-players.ts'

const engine = createScriptEngine({ workers: 1 })
afterAll(() => engine.close())

const NONE: Mistakes = {
  malformedArguments: 0,
  badPatch: 0,
  syntaxError: 0,
  unknownTool: 0,
  giveUp: 0,
  forgetPerKiloToken: 0,
}
const SOURCE = `await tools.readFile({ filePath: 'a' })
//#region clause:second
await tools.applyPatch({ patch: 'second' })
//#endregion
await tools.applyPatch({ patch: 'third' })`

const playerOf = (mistakes: Partial<Mistakes>, seed = 'seed') =>
  createSimulated({
    ...oracleOptions(engine, [[SOURCE]]),
    spec: 'simulated/test',
    mistakes: { ...NONE, ...mistakes },
    seed,
  })

async function firstReply(mode: PlayedMode, mistakes: Partial<Mistakes>, messages: Message[] = [prompt()]) {
  const { message } = await playerOf(mistakes).ask(requestOf(mode, messages), { signal: new AbortController().signal })
  return message?.text || message?.toolCalls[0]?.argumentsText || ''
}

const nameOf = async (mistakes: Partial<Mistakes>) => {
  const reply = await playerOf(mistakes).ask(requestOf('structured-serial', [prompt()]), {
    signal: new AbortController().signal,
  })
  return reply.message?.toolCalls[0]?.name
}

test('without mistakes it is the oracle', async () => {
  expect(await firstReply('structured-serial', {})).toBe('{"filePath":"a"}')
  expect(JSON.parse(await firstReply('script-tool', {}))).toEqual({ code: SOURCE })
})

test('every mistake that is certain is made, in its mode', async () => {
  expect(() => JSON.parse('{"filePath":')).toThrow()
  expect(await firstReply('structured-serial', { malformedArguments: 1 })).toBe('{"filePath":')
  expect(await nameOf({ unknownTool: 1 })).toBe('openFile')
  expect(await nameOf({ badPatch: 1 })).toBe('applyPatch')
  expect(await firstReply('script-text', { syntaxError: 1 })).toContain('const unfinished = (')
  expect(await firstReply('script-text', { unknownTool: 1 })).toContain('tools.openFile')
  expect(await firstReply('structured-serial', { giveUp: 1 })).toBe('I could not get further.')
})

test('a clause is forgotten as the prompt recedes, and remembered next to a copy of it', async () => {
  const far: Message = { role: 'user', parts: [{ text: 'x'.repeat(50_000), origin: 'harness' }] }
  const copy: Message = { role: 'user', parts: [{ text: 'do it', origin: 'reinjection' }] }
  const mistakes = { forgetPerKiloToken: 1 }
  expect(await firstReply('script-text', mistakes, [prompt()])).toContain('second')
  expect(await firstReply('script-text', mistakes, [prompt(), far])).not.toContain('second')
  expect(await firstReply('script-text', mistakes, [prompt(), far])).toContain('third')
  expect(await firstReply('script-text', mistakes, [prompt(), far, copy])).toContain('second')
})

test('one seed makes the same mistakes, whatever came before; another seed makes others', async () => {
  const mistakes = { malformedArguments: 0.3, unknownTool: 0.3, badPatch: 0.3 }
  const play = (seed: string) =>
    playStructured(playerOf(mistakes, seed), 'structured-serial', () => ({
      ok: false,
      error: { code: 'failed', message: 'no' },
    }))
  expect(await play('one')).toEqual(await play('one'))
  const others = await Promise.all(['two', 'three', 'four', 'five'].map(play))
  expect(new Set(others.map(other => JSON.stringify(other))).size).toBeGreaterThan(1)
})

test('parameters change the chances of a named player', () => {
  expect(parseMistakes('hasty?giveUp=0&forgetPerKiloToken=0.5')).toMatchObject({
    ok: true,
    value: { giveUp: 0, forgetPerKiloToken: 0.5, badPatch: 0.08 },
  })
})

test.each([
  '',
  'hastey',
  '__proto__',
  'constructor',
  'hasty?x=1',
  'hasty?__proto__=1',
  'hasty?giveUp=',
  'hasty?giveUp=-1',
  'hasty?giveUp=NaN',
  'hasty?giveUp=1e999',
])('"%s" is refused', text => {
  expect(parseMistakes(text)).toMatchObject({ ok: false })
})
