import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ask, messageOf, requestOf, resultsOf, userText } from '../../contract/model-provider.ts'
import { provide } from '../../helpers/model-fixture.ts'

const DOCS = join(import.meta.dirname, '..', '..', '..', 'docs')

function hasPython(): boolean {
  try {
    execFileSync('python3', ['--version'])
    return true
  } catch {
    return false
  }
}

test.skipIf(!hasPython())('the example in the docs plays', async () => {
  const provider = provide(`command/${join(DOCS, 'examples', 'command-provider.py')}`, {
    environment: { PATH: process.env.PATH },
  })
  const first = messageOf((await ask(provider)).reply)
  expect(first.toolCalls.length).toBeGreaterThan(0)
  const last = messageOf((await ask(provider, requestOf([userText('Go.'), first, resultsOf(first)]))).reply)
  expect(last.toolCalls).toEqual([])
  expect(last.text).toContain('hello')
})

test.skipIf(!hasPython())('the example in the docs plays scripts in text', async () => {
  const provider = provide(`command/${join(DOCS, 'examples', 'command-provider.py')}`, {
    environment: { PATH: process.env.PATH },
  })
  const system = 'Act by writing one program a turn between <tool-calls> and </tool-calls>.'
  const first = messageOf((await ask(provider, { ...requestOf([userText('Go.')]), system, tools: [] })).reply)
  expect(first.text).toMatch(/^<tool-calls>\n.*listDir.*\n<\/tool-calls>$/)
  const seen = userText('<tool-results>\nhello\n</tool-results>')
  const request = { ...requestOf([userText('Go.'), first, seen]), system, tools: [] }
  const last = messageOf((await ask(provider, request)).reply)
  expect(last.text).toContain('hello')
})
