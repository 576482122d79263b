// Covers: type-check/checker-process.ts, type-check/find-typescript.ts

import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { TypeCheck } from '../../src/contracts/script.ts'
import { createTypeChecker } from '../../src/type-check/create-type-checker.ts'
import { createFolder } from '../helpers/run-cli.ts'

const ROOT = join(import.meta.dirname, '../..')
const TOOLS = 'declare const tools: { add(args: { a: number }): Promise<number> }'
const RIGHT = 'return tools.add({ a: 1 })'
const WRONG = "return tools.add({ a: 'x' })"
/** Each of these types takes the library a second or more. */
const ENDLESS = Array.from(
  { length: 40 },
  (_, n) => `
type Deep${n}<T, D extends 0[] = []> = D['length'] extends 21 ? T : Deep${n}<[T], [...D, 0]> | Deep${n}<{ a: T }, [...D, 0]>
declare const deep${n}: Deep${n}<1>`,
).join('')

process.env.CHECKER_TEST_API_KEY = 'sk-not-for-the-checker'
const checker = createTypeChecker()
afterAll(() => checker.close())

const countOf = (check: TypeCheck) => (check.kind === 'checked' ? check.problems.length : check.message)

/** The ids of this process's children that run the checker. */
function checkerPids(): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter(pid => {
      try {
        const parent = /^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
        const isOurs = readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('type-check-main')
        return isOurs && Number(parent) === process.pid
      } catch {
        return false
      }
    })
}

test('problems and the time they took to find', async () => {
  const check = await checker.check(WRONG, TOOLS)
  expect(check).toMatchObject({ kind: 'checked', problems: [{ line: 1, column: 20, code: 2322 }] })
  expect(check.kind === 'checked' && check.ms > 0).toBe(true)
})

test('parallel checks each get their own answer', async () => {
  const checks = await Promise.all(
    Array.from({ length: 30 }, (_, n) => checker.check(n % 2 === 0 ? RIGHT : WRONG, TOOLS)),
  )
  expect(checks.map(countOf)).toEqual(checks.map((_, n) => n % 2))
})

test('the process knows nothing of the environment of this one', async () => {
  await checker.check(RIGHT, TOOLS)
  const environments = checkerPids().map(pid => readFileSync(`/proc/${pid}/environ`, 'utf8'))
  expect(environments.length).toBeGreaterThan(0)
  expect(environments.join()).not.toContain('sk-not-for-the-checker')
})

test('a check that is killed with its process says so, and the next one is right', async () => {
  const pids = checkerPids()
  const lost = checker.check(ENDLESS, TOOLS)
  const next = checker.check(WRONG, TOOLS)
  await new Promise(resolve => setTimeout(resolve, 20))
  for (const pid of pids) process.kill(pid, 'SIGKILL')
  expect(await lost).toMatchObject({ kind: 'unavailable', message: expect.stringContaining('ended') })
  expect(countOf(await next)).toBe(1)
})

test('a check that takes too long is given up with its process', async () => {
  const before = checkerPids()
  const hasty = createTypeChecker({ deadlineMs: 1 })
  expect(await hasty.check(ENDLESS, TOOLS)).toMatchObject({
    kind: 'unavailable',
    message: 'the type check took longer than 1 ms',
  })
  await expect.poll(() => checkerPids().filter(pid => !before.includes(pid))).toEqual([])
})

test.each([
  ['nested without end', `return ${'('.repeat(20_000)}1${')'.repeat(20_000)}`],
  ['a type without end', 'type A<T> = A<[T]>\ndeclare const a: A<1>\nreturn a'],
  ['lone surrogates and zeros', "return '\uD800\0'"],
  ['a wrapper closed early', '}); (async () => {'],
  ['very long', `const a = [${'1,'.repeat(200_000)}]`],
])('a hostile program harms no later one: %s', async (_what, source) => {
  await checker.check(source, TOOLS)
  expect(countOf(await checker.check(WRONG, TOOLS))).toBe(1)
})

test('a closed checker has no process, and says that it is closed', async () => {
  expect(countOf(await checker.check(RIGHT, TOOLS))).toBe(0)
  expect(checkerPids()).toHaveLength(1)
  await checker.close()
  expect(checkerPids()).toEqual([])
  expect(await checker.check(RIGHT, TOOLS)).toEqual({ kind: 'unavailable', message: 'the type checker was closed' })
})

test('without the package it says how to install it', async () => {
  const lacking = createTypeChecker({ folders: [await createFolder({})] })
  expect(await lacking.check(RIGHT, TOOLS)).toEqual({
    kind: 'unavailable',
    message: 'TypeScript is not installed; install it with `npm i -D typescript-5.9@npm:typescript@5.9`',
  })
})

test('a package that is not TypeScript is unavailable too', async () => {
  const folder = await createFolder({ 'node_modules/typescript-5.9/index.js': 'module.exports = { version: "7.0.0" }' })
  const lacking = createTypeChecker({ folders: [folder] })
  expect(await lacking.check(RIGHT, TOOLS)).toMatchObject({
    kind: 'unavailable',
    message: expect.stringContaining('start'),
  })
  await lacking.close()
})

describe('the process that uses it', () => {
  const run = (program: string) => {
    const { stdout, status } = spawnSync(process.execPath, ['--input-type=module-typescript', '-e', program], {
      cwd: ROOT,
      encoding: 'utf8',
      timeout: 20_000,
    })
    return { status, stdout }
  }

  test('ends with an idle checker open, and waits for a check that runs', () => {
    const program = `import { createTypeChecker } from ${JSON.stringify(join(ROOT, 'src/engine.ts'))}
      createTypeChecker().check('return tools.x()', 'declare const tools: {}').then(check => console.log(check.problems.length))`
    expect(run(program)).toEqual({ status: 0, stdout: '1\n' })
  })

  test('is the example of docs/engine.md, unchanged', () => {
    const page = readFileSync(join(ROOT, 'docs/engine.md'), 'utf8')
    const [, example = ''] = /## Type check[\s\S]*?```ts\n([\s\S]*?)```/.exec(page) ?? []
    const program = example.replace("'scriptbench/engine'", JSON.stringify(join(ROOT, 'src/engine.ts')))
    expect(run(program)).toEqual({
      status: 0,
      stdout: "[ [ 2, 25, \"Type 'number' is not assignable to type 'string'.\" ] ]\n",
    })
  })
})
