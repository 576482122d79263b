import { afterAll, expect, test } from 'vitest'
import { createBuiltInPlayer } from '../../../src/run/trial/players.ts'
import { createScriptEngine } from '../../../src/script-engine/create-script-engine.ts'
import { oracleOptions } from '../../helpers/built-in-players.ts'

const engine = createScriptEngine({ workers: 1 })
const options = { ...oracleOptions(engine, [['return 1']]), seed: 'seed' }

afterAll(() => engine.close())

test.each(['nop', 'oracle', 'simulated/hasty', 'simulated/hasty?giveUp=1'])('%s is built in', spec => {
  expect(createBuiltInPlayer(spec, options)?.playerKind).toBe(spec.split('/')[0])
})

test('another name is not, and an unknown simulated player is a mistake', () => {
  expect(createBuiltInPlayer('openai/gpt-6-sol', options)).toBeUndefined()
  expect(() => createBuiltInPlayer('simulated/unknown', options)).toThrow(/no simulated player "unknown"/)
})
