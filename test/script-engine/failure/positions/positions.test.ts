import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ScriptEngine } from '../../../../src/contracts/script.ts'
import { createScriptEngine } from '../../../../src/script-engine/create-script-engine.ts'
import { prepareScript } from '../../../../src/script-engine/source/prepare-script.ts'
import { failed, requestFor } from '../../../contract/script-engine.ts'
import { COLUMN_EXCEPTIONS, type FailingConstruct } from './failing-constructs.ts'
import { generateCases, type PositionCase } from './generate-cases.ts'
import { TOOLS } from './named-tools.ts'
import { placeInV8 } from './place-in-v8.ts'

const CASES = 500
const AT_A_TIME = 20
let engine: ScriptEngine
beforeAll(() => {
  engine = createScriptEngine({ workers: 2 })
})
afterAll(() => engine.close())

interface Compared extends PositionCase {
  expected: string
  found: string
}

async function compare({ source, construct }: PositionCase): Promise<Compared> {
  const preparation = prepareScript(source)
  if (!preparation.ok) throw new Error(`${preparation.failure.message}\n${source}`)
  const expected = `${construct.failureClass ?? 'thrown'} ${await placeInV8(preparation.script)}`
  const failure = failed(await engine.run(requestFor(source, TOOLS)))
  return { source, construct, expected, found: `${failure.class} ${failure.line}:${failure.column}` }
}

async function compareAll(cases: readonly PositionCase[]): Promise<Compared[]> {
  const compared: Compared[] = []
  for (let start = 0; start < cases.length; start += AT_A_TIME) {
    compared.push(...(await Promise.all(cases.slice(start, start + AT_A_TIME).map(compare))))
  }
  return compared
}

const isException = (construct: FailingConstruct) => COLUMN_EXCEPTIONS.some(({ name }) => name === construct.name)
const lineOf = (place: string) => place.replace(/:\d+$/, '')
const told = ({ construct, expected, found, source }: Compared) =>
  `${construct.name}: V8 ${expected}, engine ${found}\n${source}`

describe(`places of ${CASES} generated failures`, () => {
  let compared: Compared[] = []
  beforeAll(async () => {
    compared = await compareAll(generateCases(CASES, process.env.POSITIONS_SEED ?? 'positions'))
  })

  test('class and line are those V8 names', () => {
    expect(compared.filter(each => lineOf(each.expected) !== lineOf(each.found)).map(told)).toEqual([])
  })

  test('so is the column, but for the constructs listed as exceptions', () => {
    const wrong = compared.filter(each => each.expected !== each.found && !isException(each.construct))
    expect(wrong.map(told)).toEqual([])
  })

  test('the exceptions are at most 2 % of the cases, and still are exceptions', () => {
    const exceptions = compared.filter(each => isException(each.construct))
    expect(exceptions.length).toBeGreaterThan(0)
    expect(exceptions.length).toBeLessThanOrEqual(CASES * 0.02)
    expect(exceptions.filter(each => each.expected === each.found).map(told)).toEqual([])
  })
})
