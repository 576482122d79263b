import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { apiPage } from '../docs/generate/api-page.ts'
import { armsPage } from '../docs/generate/arms-page.ts'

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
