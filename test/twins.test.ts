import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { reachableFrom, sourcesOf, textOf } from './helpers/source-graph.ts'

/**
 * A source file with logic has a test of the same path (its twin), or a test names it in its first lines:
 * `// Covers: agent/observe.ts, tools/exec/` (a path under `src`; a folder ends in a slash). Either has to import the file,
 * directly or through others.
 */
const KINDS = ['', '.long', '.browser']
/** Runs in browsers only, as a project of its own. */
const CLIENT = 'src/viewer/client/'

const tests = sourcesOf('test').filter(path => path.endsWith('.test.ts'))
const logic = sourcesOf('src').filter(path => !path.startsWith(CLIENT) && hasLogic(textOf(path)))
const covers = tests.flatMap(path => coveredBy(textOf(path)).map(covered => ({ path, covered })))
const missing = logic.filter(path => !isTested(path))

function hasLogic(text: string): boolean {
  return /^export (async )?(abstract )?(function|class)\b/m.test(text)
}

function coveredBy(text: string): string[] {
  const lines = text.matchAll(/^\/\/ Covers: (.+)$/gm)
  return [...lines].flatMap(([, list = '']) => list.split(',').map(path => `src/${path.trim()}`))
}

function isTested(path: string): boolean {
  const twin = path.replace(/^src\//, 'test/').replace(/\.ts$/, '')
  const twins = KINDS.map(kind => `${twin}${kind}.test.ts`).filter(file => tests.includes(file))
  const suites = covers.filter(({ covered }) => covered === path || (covered.endsWith('/') && path.startsWith(covered)))
  return [...twins, ...suites.map(suite => suite.path)].some(file => reachableFrom(file).has(path))
}

test('every source file with logic has a test of the same path, or a test that covers it', () => {
  expect(missing, 'add a test of the same path, or name the file in "// Covers: …" of a test that imports it').toEqual(
    [],
  )
})

test.each(covers)('$path imports $covered, which it covers', ({ path, covered }) => {
  expect(existsSync(join(import.meta.dirname, '..', covered)), `${covered}: no such file or folder`).toBe(true)
  const reached = [...reachableFrom(path)]
  expect(reached.some(file => file === covered || (covered.endsWith('/') && file.startsWith(covered)))).toBe(true)
})
