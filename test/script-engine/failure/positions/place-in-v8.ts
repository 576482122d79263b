import { Script } from 'node:vm'
import type { PreparedScript } from '../../../../src/script-engine/source/prepare-script.ts'
import type { TestTool } from '../../../contract/script-engine.ts'
import { TOOLS } from './named-tools.ts'

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null)
    for (const inner of Object.values(Object.freeze(value))) frozen(inner)
  return value
}

/** Where V8 says the same program fails, as `line:column` of the model's source. */
export async function placeInV8(
  { code, prefixLength }: PreparedScript,
  named: Record<string, TestTool> = TOOLS,
): Promise<string> {
  let unseen: unknown
  const answers = Object.entries(named).map(([name, { perform }]) => {
    return [name, async (args: unknown) => frozen(structuredClone(perform(args as never, undefined as never)))]
  })
  const tools = {
    ...Object.fromEntries(answers),
    fail: () => {
      const error = new Error('tool')
      unseen ??= error
      const promise = Promise.reject(error)
      promise.catch(() => {})
      return promise
    },
  }
  const later = (callback: () => void, ms: number) =>
    setTimeout(() => {
      try {
        callback()
      } catch (error) {
        unseen ??= error
      }
    }, ms)
  const program = new Script(`'use strict';((tools, setTimeout, console) =>\n${code}\n)`, { filename: 'script.ts' })
  const thrown = await program
    .runInThisContext()(tools, later, { log: () => {} })()
    .then(
      () => unseen,
      (error: unknown) => error,
    )
  const frames = String((thrown as Error | undefined)?.stack)
    .split('\n')
    .filter(line => /^\s+at/.test(line))
  const found = /script\.ts:(\d+):(\d+)/.exec(frames.join('\n'))
  if (found === null) throw new Error(`the program does not fail in V8:\n${code}`)
  const line = Number(found[1]) - 1
  return `${line}:${Number(found[2]) - (line === 1 ? prefixLength : 0)}`
}
