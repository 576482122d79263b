// Covers: type-check/may-fit.ts, type-check/problem-text.ts, type-check/relevance.ts, type-check/reuse.ts
// Covers: type-check/scene.ts, type-check/syntax.ts, type-check/tool-origin.ts, type-check/virtual-host.ts

import { createRequire } from 'node:module'
import { describe, expect, test } from 'vitest'
import { createProgramCheck } from '../../src/type-check/check-program.ts'
import { DECLARATIONS } from './corpus.ts'

const check = createProgramCheck(createRequire(import.meta.url)('typescript-5.9'))
const problemsOf = (source: string) => check(source, DECLARATIONS)
const messagesOf = (source: string) => problemsOf(source).map(({ message }) => message)

describe('mistakes with tools and context are found', () => {
  test.each<[mistake: string, source: string, ...words: string[]]>([
    ['a misspelt property', "const r = await tools.readFile({ filePath: 'a' })\nreturn r.txt", "'txt' does not exist"],
    [
      'a misspelt property in a callback',
      "const { entries } = await tools.listDir({ dirPath: '.' })\nreturn entries.map(e => e.name)",
      "'name' does not exist",
    ],
    [
      'a misspelt property in a pattern',
      "const { contents } = await tools.readFile({ filePath: 'a' })",
      "'contents' does not exist",
    ],
    [
      'a misspelt property by key',
      "return (await tools.exec({ command: ['a'] }))['output']",
      "'output' does not exist",
    ],
    [
      'a property of elements added to a list',
      "const out = []\nfor (const filePath of ['a']) out.push(await tools.readFile({ filePath }))\nreturn out[0].body",
      "'body' does not exist",
    ],
    [
      'a result taken for its list',
      "return (await tools.grepFiles({ pattern: 'a' })).map(p => p)",
      "'map' does not exist",
    ],
    [
      'a result looped over',
      "for (const e of await tools.listDir({ dirPath: '.' })) console.log(e)",
      '[Symbol.iterator]',
    ],
    [
      'a path taken for an object',
      "const { paths } = await tools.grepFiles({ pattern: 'a' })\nreturn paths.map(p => p.path)",
      "'path' does not exist on type 'string'",
    ],
    ['a text called', "return (await tools.readFile({ filePath: 'a' })).text()", 'not callable'],
    [
      'a result parsed instead of its text',
      "return JSON.parse(await tools.readFile({ filePath: 'a' }))",
      "to parameter of type 'string'",
    ],
    [
      'a result given a type it has not',
      "const text: string = await tools.readFile({ filePath: 'a' })",
      "to type 'string'",
    ],
    [
      'a result asserted to be something else',
      "return ((await tools.exec({ command: ['a'] })) as { output: string }).output",
      "'output' is missing",
    ],
    ['a wrong enum value', "await tools.readFile({ filePath: 'a', mode: 'lines' })", '"slice" | "indentation"'],
    [
      'a kind that never comes',
      "return (await tools.listDir({ dirPath: '.' })).entries.filter(e => e.kind === 'dir')",
      'no overlap',
    ],
    ['a missing argument', 'await tools.readFile({ limit: 3 })', "'filePath' is missing"],
    ['no arguments', 'await tools.readFile()', 'Expected 1 arguments, but got 0'],
    ['too many arguments', "await tools.exec({ command: ['ls'] }, { cwd: '/' })", 'Expected 1 arguments, but got 2'],
    ['an unknown argument', "await tools.readFile({ filePth: 'a' })", "Did you mean to write 'filePath'?"],
    [
      'an unknown argument inside',
      "await tools.readFile({ filePath: 'a', indentation: { anchor: 1 } })",
      "'anchor' does not exist",
    ],
    ['a string for a list', "await tools.exec({ command: 'ls -la' })", "'string[]'"],
    ['a bare argument', "await tools.readFile('a')", "type 'string' is not assignable"],
    ['a number in text', "await tools.readFile({ filePath: 'a', limit: '10' })", "type 'number'"],
    [
      'a wrong type from a variable',
      'const filePath = 5\nawait tools.readFile({ filePath })',
      "'number' is not assignable to type 'string'",
    ],
    ['a tool under another name', "const { readFile: cat } = tools\nawait cat({ path: 'a' })", "'path' does not exist"],
    ['a tool given to map as it is', "return ['a'].map(tools.readFile)", "Type 'string' is not assignable"],
    ['an unknown tool', "await tools.readfile({ filePath: 'a' })", "'typeof tools'", "Did you mean 'readFile'?"],
    ['an unknown tool like no other', 'await tools.zip({})', 'It has exec, applyPatch, readFile'],
    ['a misspelt object of tools', "await tool.readFile({ filePath: 'a' })", "Did you mean 'tools'?"],
    ['no await', "return tools.readFile({ filePath: 'a' }).text", "Did you forget to use 'await'?"],
    [
      'no await before a pattern',
      "const { text } = tools.readFile({ filePath: 'a' })",
      "'text' does not exist on type 'Promise",
    ],
    [
      'no await before all',
      "const files = Promise.all(['a'].map(filePath => tools.readFile({ filePath })))\nreturn files.map(f => f.text)",
      "'map' does not exist on type 'Promise",
    ],
    [
      'no await in an argument',
      "await tools.applyPatch({ patch: tools.readFile({ filePath: 'a' }) })",
      "Type 'Promise",
    ],
    [
      'more results than calls',
      "const [a, b] = await Promise.all([tools.readFile({ filePath: 'a' })])\nreturn b.text",
      "no element at index '1'",
    ],
    [
      'a variable of which nothing else is known',
      "let r = null\nif (context) r = await tools.readFile({ filePath: 'a' })\nreturn r.body",
      "'body' does not exist",
    ],
    ['a number compared with text', "return (await tools.exec({ command: ['a'] })).exitCode === '0'", 'no overlap'],
    [
      'a function that promises another type',
      'const read = async (filePath: string): Promise<string> => tools.readFile({ filePath })',
      "to type 'string'",
    ],
    [
      'a function that asks for another type',
      "const show = (entry: { name: string }) => entry.name\nconst { entries } = await tools.listDir({ dirPath: '.' })\nreturn show(entries[0])",
      "'name' is missing",
    ],
    ['an unknown field of the context', 'return context.cwd', "'cwd' does not exist on type 'typeof context'"],
    ['writing to the context', "context.workingDirectory = '/tmp'", 'read-only'],
  ])('%s', (_mistake, source, ...words) => {
    const messages = messagesOf(source)
    expect(messages).toHaveLength(1)
    for (const word of words) expect(messages[0]).toContain(word)
  })

  test('all of them are named, in their order, each place once', () => {
    const source =
      "const r = await tools.exec({ command: 'ls' })\nif (r.code > 0) return r.out\nreturn r.stdout.lines()"
    expect(problemsOf(source).map(({ line, column, code }) => [line, column, code])).toEqual([
      [1, 30, 2322],
      [2, 7, 2339],
      [2, 26, 2339],
      [3, 17, 2339],
    ])
  })
})

describe('everything else is silent', () => {
  test.each<[what: string, source: string]>([
    ['nothing at all', ''],
    ['implicit any and unused names', 'function f(a, b) { return a }\nlet x\nreturn 1'],
    [
      'names of the DOM and of Node',
      "document.title; process.env.X; require('fs'); fetch('x'); Buffer.from('x'); setTimeout(() => {}, 1)",
    ],
    ['types of one’s own that do not fit', "const n: number = 'x'\nfunction f(s: string) {}\nf(1)\n;({ a: 1 }).b"],
    [
      'what may be undefined',
      "const f = ['a'].find(Boolean)\nreturn (await tools.readFile({ filePath: f, limit: [1][5] })).text.match(/x/)[1].length",
    ],
    ['unknown values', 'const n = context.limits.timeoutMs\nreturn tools.exec({ command: [`x`], timeoutMs: n })'],
    [
      'a wide string where literals are asked for',
      "const o = { filePath: 'a', mode: 'slice' }\nawait tools.readFile(o)",
    ],
    ['any', 'const r: any = await tools.exec({ command: [] })\nreturn (r as any).whatever + r.output'],
    [
      'a right name among guesses',
      "const r = await tools.readFile({ filePath: 'a' })\nreturn r.content ?? r.text ?? ''",
    ],
    [
      'a comparison with the right name next to it',
      "return (await tools.listDir({ dirPath: '.' })).entries.filter(e => e.kind === 'dir' || e.kind === 'directory')",
    ],
    [
      'one of two results',
      "const r = await Promise.race([tools.readFile({ filePath: 'a' }), tools.exec({ command: ['a'] })])\nreturn r.stdout ?? r.text",
    ],
    [
      'a reduction to any',
      "const x = (await tools.listDir({ dirPath: '.' })).entries.reduce((a, e) => { a.n++; return a }, {} as any)\nreturn x.n",
    ],
    ['tools by a name of many', "for (const name of ['exec']) await tools[name]({})"],
    [
      'details of an error',
      "try { await tools.exec({ command: ['a'] }) } catch (e) { if (e instanceof ToolError) return e.details }",
    ],
    [
      'coercions',
      "const { stdout, exitCode } = await tools.exec({ command: ['a'] })\nreturn [stdout * 2, parseInt(exitCode), isNaN(stdout), stdout > 5]",
    ],
    [
      'properties added to copies',
      "const e = (await tools.listDir({ dirPath: '.' })).entries.map(e => ({ ...e, name: '' }))\ne[0].name = 'x'",
    ],
    ['a declaration of one’s own', "declare const tools: any\nreturn (await tools.readFile('a')).content"],
    [
      'a variable that is given its own text',
      "let r = await tools.readFile({ filePath: 'a' })\nr = r.text\nreturn r.split(',').map(x => x.trim())",
    ],
    [
      'a variable that is parsed',
      "let data = await tools.readFile({ filePath: 'a' })\ndata = JSON.parse(data.text)\nfor (const x of data.items) console.log(x)\nreturn data.items",
    ],
    [
      'a variable that starts as another thing',
      "let file = ''\ntry { file = await tools.readFile({ filePath: 'a' }) } catch {}\nreturn file.text",
    ],
    [
      'an argument that is turned into what is wanted',
      "let limit = '10'\nlimit = Number(limit)\nlet command = 'npm test'\ncommand = command.split(' ')\nawait tools.exec({ command })\nawait tools.readFile({ filePath: 'a', limit })",
    ],
    [
      'arguments put together bit by bit',
      "const args = {}\nargs.filePath = 'a'\nconst more = {}\nObject.assign(more, { command: ['a'] })\nawait tools.exec({ ...more })\nreturn tools.readFile(args)",
    ],
    [
      'lists and maps of several kinds',
      "const r = await tools.readFile({ filePath: 'a' })\nconst out = ['# Report']\nout.push(r)\nconst m = new Map([['a', 1]])\nm.set('b', r)\nconst o = { file: '' }\no.file = r\nfunction show(x = '') { return x }\nreturn show(r)",
    ],
    [
      'guesses under a condition',
      "const r = await tools.readFile({ filePath: 'a' })\nreturn r.content ? r.content.trim() : r.text.trim()",
    ],
    [
      'a check for what a result may be',
      "const r = await tools.readFile({ filePath: 'a' })\nif (typeof r === 'string') return r.length\nif (Array.isArray(r)) return r.map(x => x)\nreturn 'content' in r ? r.content : r.text",
    ],
    ['loose equality', "const { exitCode } = await tools.exec({ command: ['a'] })\nreturn exitCode == '0'"],
    [
      'results that may be nothing',
      "const r = await tools.listDir({ dirPath: '.' }).catch(() => {})\nconst { entries = [] } = await tools.listDir({ dirPath: '.' }).catch(() => ({}))\nreturn [r.entries, ...entries]",
    ],
    ['what the author silenced', '// @ts-expect-error\nreturn context.cwd'],
    ['what does not parse', 'const r = await tools.readFile({ filePath: \nreturn r.txt'],
    [
      'imports, which nothing resolves',
      "import fs from 'fs'\nconst p = await import('/etc/passwd')\nreturn [fs.x, p.y]",
    ],
    ['references to files', '/// <reference path="/etc/passwd" />\nreturn 1'],
  ])('%s', (_what, source) => {
    expect(messagesOf(source)).toEqual([])
  })

  test('results whose schema says nothing', () => {
    const declarations = 'declare const tools: { echo(args?: Record<string, unknown>): Promise<unknown> }'
    const source =
      'const { a } = await tools.echo({ x: 1 })\nconst r = await tools.echo()\nfor (const x of r) x.y\nreturn r.items[0].name + a'
    expect(check(source, declarations)).toEqual([])
  })

  test('one member of a union of results', () => {
    const declarations =
      'declare const tools: { get(args: { id: string }): Promise<{ ok: true; value: string } | { ok: false; error: string }> }'
    const source = "const r = await tools.get({ id: 'x' })\nif (!r.ok) return r.error\nreturn r.value"
    expect(check(source, declarations)).toEqual([])
    expect(check(`${source}s`, declarations)).toHaveLength(1)
  })
})

describe('positions are those of the model’s own source', () => {
  test.each<[what: string, source: string, line: number, column: number]>([
    ['the first line', 'return context.cwd', 1, 16],
    ['a later line', "// a\n\n  const r = await tools.readFile({ filePath: 'a' })\n  return r.txt", 4, 12],
    ['carriage returns', 'const a = 1\r\nconst b = `x\r\ny`\r\n\treturn context.cwd\r\n', 4, 17],
    ['after letters of two units', "const s = '🚀é'; return context.cwd", 1, 33],
    ['after a byte order mark', '\uFEFFreturn context.cwd', 1, 17],
    ['inside a template', `return \`\n\${context.cwd}\n\``, 2, 11],
  ])('%s', (_what, source, line, column) => {
    const [problem] = problemsOf(source)
    expect(problem).toMatchObject({ line, column })
  })

  test('a frame shows the place', () => {
    expect(problemsOf('const a = 1\nreturn context.cwd\n')[0]?.frame).toBe(
      '  1 | const a = 1\n> 2 | return context.cwd\n    |                ^\n  3 | ',
    )
  })
})

test('declarations can change from check to check', () => {
  const other = 'declare const tools: { add(args: { a: number }): Promise<number> }'
  expect(check('return (await tools.add({ a: 1 })).toFixed()', other)).toEqual([])
  expect(problemsOf('return tools.add({ a: 1 })')).toHaveLength(1)
  expect(check('return tools.readFile({})', other)).toHaveLength(1)
})

test('long messages are cut', () => {
  const declarations = `declare const tools: { f(args: { ${Array.from({ length: 200 }, (_, n) => `field${n}: string`).join('; ')} }): Promise<string> }`
  const [problem] = check('await tools.f({})', declarations)
  expect(problem?.message.length).toBeLessThan(900)
})
