import type { ScriptEngine } from '../../../../src/contracts/script.ts'
import { prepareScript } from '../../../../src/script-engine/source/prepare-script.ts'
import { failed, requestFor, type TestTool } from '../../../contract/script-engine.ts'
import { placeInV8 } from './place-in-v8.ts'

export interface MeasuredPlace {
  source: string
  inV8: string
  found: string
}

export type Tools = Record<string, TestTool>

/** Where a failing script is reported to fail, and where V8 says. */
export async function measurePlace(engine: ScriptEngine, source: string, tools: Tools): Promise<MeasuredPlace> {
  const preparation = prepareScript(source)
  if (!preparation.ok) throw new Error(`${preparation.failure.message}\n${source}`)
  const { line, column } = failed(await engine.run(requestFor(source, tools)))
  return { source, inV8: await placeInV8(preparation.script, tools), found: `${line}:${column}` }
}

const lineOf = (place: string) => place.split(':')[0]
export const isSameLine = ({ inV8, found }: MeasuredPlace) => lineOf(inV8) === lineOf(found)
export const isSamePlace = ({ inV8, found }: MeasuredPlace) => inV8 === found

export const printPlace = ({ source, inV8, found }: MeasuredPlace) => `V8 ${inV8}, engine ${found}\n${source}`

/** `same line 69, same place 68 of 70` */
export const printCounts = (places: readonly MeasuredPlace[]) =>
  `same line ${places.filter(isSameLine).length}, same place ${places.filter(isSamePlace).length} of ${places.length}`
