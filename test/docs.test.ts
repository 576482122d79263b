import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { apiPage } from '../docs/generate/api-page.ts'
import { armsPage } from '../docs/generate/arms-page.ts'
import { testTitles } from './helpers/test-titles.ts'

const PAGES = { 'arms.md': armsPage, 'api.md': apiPage }

test.each(Object.entries(PAGES))('docs/%s is what the code says; otherwise run "npm run docs"', (name, page) => {
  expect(readFileSync(join(import.meta.dirname, '..', 'docs', name), 'utf8')).toBe(page())
})

test('every mode and every wire has its place in docs/arms.md', () => {
  const page = armsPage()
  for (const word of ['structured-serial', 'script-text', 'openai-compatible', 'anthropic', 'history-top', 'placebo']) {
    expect(page).toContain(word)
  }
})

const BEHAVIOURS = 30

test('every command in the tables of behaviours in docs/engine.md finds tests', () => {
  const page = readFileSync(join(import.meta.dirname, '..', 'docs', 'engine.md'), 'utf8')
  const section = page.slice(page.indexOf('## Behaviours'), page.indexOf('## Limits'))
  const numbers = [...section.matchAll(/^\| (\d+) \|/gm)].map(match => Number(match[1]))
  expect(numbers).toEqual(Array.from({ length: BEHAVIOURS }, (_, index) => index + 1))
  const commands = [...section.matchAll(/`npx vitest run (\S+?)(?: -t "([^"]+)")?` \|$/gm)]
  expect(commands.length).toBe(section.match(/^\| (?!\||behaviour)/gm)?.length)
  const titles = new Map<string, string[]>()
  for (const [command, folder = '', pattern = ''] of commands) {
    const known = titles.get(folder) ?? testTitles(join(import.meta.dirname, '..', folder))
    titles.set(folder, known)
    expect(known.filter(title => new RegExp(pattern).test(title)).length, command).toBeGreaterThan(0)
  }
})
