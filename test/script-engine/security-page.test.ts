import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { CORPUS } from './hostile/corpus.ts'

const PAGE = readFileSync(join(import.meta.dirname, '../../docs/security.md'), 'utf8')
const TESTS = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.test.ts') && file !== 'security-page.test.ts')
  .map(file => readFileSync(join(import.meta.dirname, file), 'utf8'))
  .join('\n')
const PARTS = ['**Attack.**', '**Defence.**', '**Left.**', '**Tests.**']
const EVIDENCE_MIN = 3

interface Threat {
  id: string
  text: string
  scripts: readonly string[]
}

const threats: Threat[] = PAGE.split(/^## (?=T\d+:)/m)
  .slice(1)
  .map(text => {
    const id = text.slice(0, text.indexOf(':'))
    return { id, text, scripts: CORPUS.filter(script => script.threat === id).map(script => script.id) }
  })

describe('docs/security.md', () => {
  test('numbers its threats from T1 on', () => {
    expect(threats.map(({ id }) => id)).toEqual(threats.map((_threat, index) => `T${index + 1}`))
    expect(threats.length).toBeGreaterThan(15)
  })

  test.each(threats)('$id has all its parts, and at least three scripts or named tests', ({ text, scripts }) => {
    for (const part of PARTS) expect(text).toContain(part)
    const tests = text.slice(text.indexOf('**Tests.**'))
    const count = /\*\*Tests\.\*\* (\d+) scripts/.exec(tests)?.[1]
    expect(Number(count ?? 0)).toBe(scripts.length)
    const named = [...tests.matchAll(/"([^"]+)"/g)].map(match => match[1] as string)
    for (const name of named) expect(TESTS).toContain(name)
    const quoted = [...tests.matchAll(/`(T\d+-[^`]+)`/g)].map(match => match[1])
    for (const id of quoted) expect(scripts).toContain(id)
    expect(scripts.length + named.length).toBeGreaterThanOrEqual(EVIDENCE_MIN)
  })

  test('names source files that exist', () => {
    const root = join(import.meta.dirname, '../../src/script-engine')
    const files = new Set(
      readdirSync(root, { recursive: true, encoding: 'utf8' }).flatMap(path => [path, path.replace(/^.*\//, '')]),
    )
    const named = [...PAGE.matchAll(/`((?:[a-z-]+\/)*[a-z-]+\.ts)`/g)].map(match => match[1] as string)
    expect(named.length).toBeGreaterThan(10)
    for (const file of named) if (file !== 'script.ts') expect(files).toContain(file)
  })

  test('every script of the corpus has an id of its own and a threat of the page', () => {
    const known = new Set(threats.map(({ id }) => id))
    for (const { id, threat } of CORPUS) expect(known, id).toContain(threat)
    expect(new Set(CORPUS.map(({ id }) => id)).size).toBe(CORPUS.length)
    expect(CORPUS.length).toBeGreaterThanOrEqual(120)
  })
})
