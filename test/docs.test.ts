import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { armsPage } from '../docs/generate/arms-page.ts'
import { GENERATED_FILES } from '../docs/generate/generated-files.ts'
import { EXIT } from '../src/contracts/exit-codes.ts'
import { testTitles } from './helpers/test-titles.ts'

const ROOT = join(import.meta.dirname, '..')

test.each(Object.entries(GENERATED_FILES))('%s is up to date', (path, text) => {
  expect(readFileSync(join(ROOT, path), 'utf8'), `${path} is out of date. Run "npm run docs".`).toBe(text())
})

test('npm run docs writes every schema in the repository', () => {
  const schemas = globSync('{docs,suites}/**/*.schema.json', { cwd: ROOT })
  expect(Object.keys(GENERATED_FILES)).toEqual(expect.arrayContaining(schemas))
})

test('every mode and every wire has its place in docs/arms.md', () => {
  const page = armsPage()
  for (const word of ['structured-serial', 'script-text', 'openai-compatible', 'anthropic', 'history-top', 'placebo']) {
    expect(page).toContain(word)
  }
})

test('docs/guide.md explains every exit code', () => {
  const page = readFileSync(join(ROOT, 'docs/guide.md'), 'utf8')
  const rows = page.slice(page.indexOf('| exit code |'), page.indexOf('## Outcomes')).matchAll(/^\| (\d+) \|/gm)
  expect([...rows].map(([, code]) => Number(code))).toEqual([...new Set<number>(Object.values(EXIT))])
})

const BEHAVIOURS = 30

test('every command in the tables of behaviours in docs/engine.md finds tests', () => {
  const page = readFileSync(join(ROOT, 'docs/engine.md'), 'utf8')
  const section = page.slice(page.indexOf('## Behaviours'), page.indexOf('## Limits'))
  const numbers = [...section.matchAll(/^\| (\d+) \|/gm)].map(match => Number(match[1]))
  expect(numbers).toEqual(Array.from({ length: BEHAVIOURS }, (_, index) => index + 1))
  const commands = [...section.matchAll(/`npx vitest run (\S+?)(?: -t "([^"]+)")?` \|$/gm)]
  expect(commands.length).toBe(section.match(/^\| (?!\||behaviour)/gm)?.length)
  const titles = new Map<string, string[]>()
  for (const [command, folder = '', pattern = ''] of commands) {
    const known = titles.get(folder) ?? testTitles(join(ROOT, folder))
    titles.set(folder, known)
    expect(known.filter(title => new RegExp(pattern).test(title)).length, command).toBeGreaterThan(0)
  }
})
