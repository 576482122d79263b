// Covers: script-engine/failure/syntax/parse-place.ts
import { afterAll, beforeAll, expect, test } from 'vitest'
import { seededRandom } from '../../../../src/base/random.ts'
import type { ScriptEngine } from '../../../../src/contracts/script.ts'
import { createScriptEngine } from '../../../../src/script-engine/create-script-engine.ts'
import { failed, requestFor } from '../../../contract/script-engine.ts'
import { LINES, PREFIXES } from './surroundings.ts'
import { SYNTAX_MISTAKES } from './syntax-errors.ts'

let engine: ScriptEngine
beforeAll(() => {
  engine = createScriptEngine({ workers: 1 })
})
afterAll(() => engine.close())

const MARK = '⟦'
const SURROUNDINGS_PER_MISTAKE = 3

test('no message of an answer is longer than a model reads', async () => {
  for (const { marked } of SYNTAX_MISTAKES) {
    const { message } = failed(await engine.run(requestFor(marked.replace(MARK, ''))))
    expect(message.length, message).toBeLessThanOrEqual(180)
  }
})

test.each(SYNTAX_MISTAKES)('$marked fails at its mark, wherever it stands', async ({ marked, words, isLast }) => {
  const random = seededRandom(marked)
  const draw = (all: readonly string[]) => all[Math.floor(random() * all.length)] as string
  for (let count = 0; count < SURROUNDINGS_PER_MISTAKE; count++) {
    const before = count === 0 ? [] : [draw(LINES), draw(LINES)]
    const prefix = count === 0 ? '' : draw(PREFIXES)
    const text = [...new Set(before), prefix + marked].join('\n') + (isLast ? '' : draw(['', '\n// after', '\nfoo()']))
    const offset = text.indexOf(MARK)
    const lines = text.slice(0, offset).split('\n')
    const [line, column] = [lines.length, (lines.at(-1) as string).length + 1]
    const source = text.replace(MARK, '')
    const failure = failed(await engine.run(requestFor(source.replaceAll('\n', draw(['\n', '\r\n'])))))
    const { class: kind, message, line: foundLine, column: foundColumn } = failure
    expect({ kind, line: foundLine, column: foundColumn }, source).toEqual({ kind: 'parse', line, column })
    expect(message).toContain(words ?? '')
  }
})
