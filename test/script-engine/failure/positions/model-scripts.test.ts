import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ScriptEngine } from '../../../../src/contracts/script.ts'
import { createScriptEngine } from '../../../../src/script-engine/create-script-engine.ts'
import { isSameLine, isSamePlace, measurePlace, printCounts, printPlace } from './measure-places.ts'
import { MODEL_SCRIPTS } from './model-scripts.ts'
import { TOOLS } from './named-tools.ts'

let engine: ScriptEngine
beforeAll(() => {
  engine = createScriptEngine({ workers: 2 })
})
afterAll(() => engine.close())

const COUNT = MODEL_SCRIPTS.length
/**
 * QuickJS does not tell a list that is none from an item that is none (1 script), and calls a comparison with its
 * arguments the other way round (1).
 */
const OTHER_PLACES_MAX = 2

test(`${COUNT} scripts as models write them fail where V8 says`, async () => {
  const places = await Promise.all(MODEL_SCRIPTS.map(source => measurePlace(engine, source, TOOLS)))
  const otherPlaces = places.filter(place => !isSamePlace(place))
  console.info(printCounts(places))
  expect(places.filter(place => !isSameLine(place))).toEqual([])
  expect(otherPlaces.length, otherPlaces.map(printPlace).join('\n\n')).toBeLessThanOrEqual(OTHER_PLACES_MAX)
})
