// Covers: script-engine/failure/value-hints.ts, script-engine/failure/script-failure.ts
// Covers: script-engine/failure/syntax/member-chain.ts
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ScriptEngine } from '../../../src/contracts/script.ts'
import { createScriptEngine } from '../../../src/script-engine/create-script-engine.ts'
import { failed, read, requestFor, returned } from '../../contract/script-engine.ts'

let engine: ScriptEngine
beforeAll(() => {
  engine = createScriptEngine({ workers: 1 })
})
afterAll(() => engine.close())

const TOOLS = {
  readFile: read(() => 'text'),
  listDir: read(() => ['a.txt']),
  stat: read(() => ({ size: 1 })),
}
const run = (source: string) => engine.run(requestFor(source, TOOLS))

const HINT_LENGTH_MAX = 220

describe('what is not there is answered with help', () => {
  test.each([
    ['require("fs")', 'no modules'],
    ['const { readFileSync } = require("node:fs")', 'no modules'],
    ['const fs = await import("node:fs")', 'no modules'],
    ['module.exports = {}', 'no modules'],
    ['exports.a = 1', 'no modules'],
    ['String(__dirname)', 'no modules'],
    ['child_process.execSync("ls")', 'no modules'],
    ['os.tmpdir()', 'no modules'],
    ['fs.readFileSync("a")', 'tools.* to read and write files'],
    ['readFileSync("a")', 'tools.* to read and write files'],
    ['path.join("a", "b")', 'template strings'],
    ['await fetch("http://localhost")', 'no network'],
    ['await axios.get("http://localhost")', 'no network'],
    ['new WebSocket("ws://localhost")', 'no network'],
    ['process.cwd()', 'context.workingDirectory'],
    ['process.env.HOME', 'context.env'],
    ['Buffer.from("a")', 'plain JSON'],
    ['new TextEncoder().encode("a")', 'plain JSON'],
    ['btoa("a")', 'plain JSON'],
    ['setInterval(() => {}, 10)', 'a loop with `await new Promise'],
    ['setImmediate(() => {})', 'setTimeout'],
    ['await sleep(10)', 'setTimeout(resolve, ms)'],
    ['structuredClone({})', 'JSON.parse(JSON.stringify(value))'],
    ['new URL("http://localhost/a")', 'string methods'],
    ['new URLSearchParams("a=1")', 'encodeURIComponent'],
    ['crypto.randomUUID()', 'Math.random'],
    ['new Intl.NumberFormat()', 'toFixed'],
    ['alert("a")', 'console.log'],
    ['window.alert("a")', 'console.log'],
    ['print("a")', 'console.log'],
    ['global.a = 1', 'globalThis'],
    ['await tool.readFile({ path: "a" })', 'tools.<name>'],
    ['await api.tools.readFile({ path: "a" })', 'tools is a global'],
    ['await readFile({ path: "a" })', 'write tools.readFile({'],
    ['context.cwd.length', 'context has workingDirectory'],
  ])('%j', async (source, words) => {
    const { class: kind, message, line, column } = failed(await run(source))
    expect({ kind, line }).toEqual({ kind: 'thrown', line: 1 })
    expect(column).toBeGreaterThan(0)
    expect(message).toContain(words)
    expect(message.length).toBeLessThanOrEqual(HINT_LENGTH_MAX)
  })

  test('console.table and console.group print', async () => {
    const { logs } = await run('console.group("g"); console.table([{ a: 1 }]); console.groupEnd()')
    expect(logs.map(({ text }) => text)).toEqual(['g', '[ { a: 1 } ]'])
  })

  test('a name that no model means gets no hint', async () => {
    expect(failed(await run('const n = 1 + totl')).message).toBe("ReferenceError: 'totl' is not defined")
    expect(failed(await run('new Thing()')).message).toBe("ReferenceError: 'Thing' is not defined")
  })
})

describe('a wrong call of a tool is answered with help', () => {
  test.each([
    ['await tools.read_file({ path: "a" })', 'unknown-tool', 'did you mean tools.readFile?'],
    ['await tools["read-file"]({ path: "a" })', 'unknown-tool', 'did you mean tools.readFile?'],
    ['await tools.x({})', 'unknown-tool', 'there are tools.readFile, tools.listDir, tools.stat'],
    ['await tools.readFile("a.txt")', 'tool-error', 'tools.readFile takes one object of named arguments'],
    ['await tools.readFile(["a.txt"])', 'tool-error', 'tools.readFile takes one object of named arguments'],
    ['await tools.readFile("a.txt", "utf8")', 'tool-error', 'tools.readFile({ … })'],
    ['await tools.readFile({ path: "a" }, {})', 'tool-error', 'tools.readFile({ … })'],
  ])('%j', async (source, kind, words) => {
    expect(failed(await run(source))).toMatchObject({ class: kind, message: expect.stringContaining(words) })
  })
})

describe('a forgotten await is answered with help', () => {
  test.each([
    [
      'const files = tools.listDir({})\nfiles.map(file => file)',
      '`files` comes from a promise: write await tools.listDir(…)',
    ],
    ['const s = tools.stat({})\nString(s.time.ms)', '`s` comes from a promise'],
    ['const { time } = tools.stat({})\ntime.ms', '`time` comes from a promise'],
    ['for (const file of tools.listDir({})) String(file)', 'tools.listDir(…) gives a promise'],
    ['const [first] = tools.listDir({})', 'tools.listDir(…) gives a promise'],
    ['const all = [...tools.listDir({})]', 'tools.listDir(…) gives a promise'],
    ['await tools.listDir({}).map(file => file)', 'write (await tools.listDir(…))'],
    ['tools.stat({}).time.ms', 'write (await tools.stat(…))'],
    ['const texts = Promise.all([tools.readFile({})])\ntexts.join()', 'write await Promise.all(…)'],
    [
      'const texts = ["a"].map(async path => tools.readFile({ path }))\ntexts[0].trim()',
      'Promise.all(…) around the map',
    ],
    ['async function load() { return tools.stat({}) }\nconst s = load()\ns.time.ms', 'write await load(…)'],
    ['const load = async (path: string) => tools.stat({ path })\nload("a").time.ms', 'write (await load(…))'],
  ])('%j', async (source, words) => {
    const { class: kind, message } = failed(await run(source))
    expect(kind).toBe('thrown')
    expect(message).toContain(words)
    expect(message.length).toBeLessThanOrEqual(HINT_LENGTH_MAX)
  })

  test.each([
    'const s = await tools.stat({})\ns.time.ms',
    'const s: any = { a: 1 }\ns.time.ms',
    'const s: any = 5; s.map(1)',
  ])('%j has none', async source => {
    expect(failed(await run(source)).message).not.toContain('promise')
  })

  test('a call whose result nobody waits for is told when the script ends', async () => {
    const { notices } = await run('const text = tools.readFile({ path: "a" })\nreturn JSON.stringify(text)')
    expect(notices[0]).toContain('tools.readFile (line 1): not awaited')
  })

  test('so is a call in a function nobody waits for', async () => {
    const { notices } = await run('async function main() {\n  console.log(await tools.stat({}))\n}\nmain()')
    expect(notices.join()).toContain('tools.stat (line 2): not awaited')
    expect(notices.join()).toContain('await it, or the function that calls it')
  })

  test('a promise in the result is told', async () => {
    const outcome = await run('return { text: tools.readFile({ path: "a" }) }')
    expect(returned(outcome)).toEqual({ text: {} })
    expect(outcome.notices.join()).toContain('`result.text`: a promise that was not awaited')
  })
})

describe('a forgotten return is answered with help', () => {
  test.each([
    ['const f = (n: number) => { n + 1 }\nconst r = f(1)\nr.toFixed()', '`f` returns nothing'],
    ['async function load() { await tools.stat({}) }\nconst s = await load()\ns.size', '`load` returns nothing'],
  ])('%j', async (source, words) => {
    expect(failed(await run(source)).message).toContain(words)
  })

  test('of the script itself', async () => {
    expect((await run('const s = await tools.stat({})')).notices.join()).toContain('`return` a value')
  })
})

test.each([
  ['const o: any = {}; o.load()', 'o.load is not a function'],
  ['const o: any = {}; new o.Thing()', 'o.Thing is not a constructor'],
  ['const o: any = {}; new o.Thing', 'o.Thing is not a constructor'],
  ['const { a } = JSON.parse("null")', 'it is null or undefined'],
  ['const o: any = {}; for (const a of o) String(a)', 'Object.entries'],
  ['const o: any = {}; for (const a of o.list) String(a)', 'what is iterated over is null or undefined'],
  ['const r: any = await tools.stat({}); r.size = 2', 'copy what you want to change'],
])('%j says what was wrong', async (source, words) => {
  expect(failed(await run(source)).message).toContain(words)
})
