import { readdirSync, readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { allMutations } from './all-mutations.ts'
import { isEquivalent, readEquivalentMutants, staleEntries } from './equivalent-mutants.ts'
import { findMutations } from './find-mutations.ts'
import { loadTypeScript } from './load-typescript.ts'
import { MUTANTS_DEFAULT, MUTATED_TOOLS, toolOfSource } from './mutated-tools.ts'
import { applyMutation, type Mutation } from './mutation.ts'
import { sampleMutations } from './sample-mutations.ts'

const SOURCES = join(import.meta.dirname, '..', '..', '..', 'src')
const typescript = await loadTypeScript()
const mutations = await allMutations(SOURCES, MUTATED_TOOLS)
const all = [...mutations.values()].flat()

/** What each point of a source becomes. */
function changesOf(source: string): string[] {
  return findMutations(typescript, { file: 'a.ts', source }).map(
    ({ operator, after }) => `${operator}: ${after.trim()}`,
  )
}

test.each([
  ['a < 3', ['relational: a <= 3', 'number: a < (3 + 1)', 'number: a < (3 - 1)']],
  ['a === b', ['equality: a !== b']],
  ['a && !b', ['logical: a || !b', 'negation: a && b']],
  ['a ? b : c', ['condition: !(a) ? b : c']],
  ["say('No such thing')", ["text: say('no such thing')"]],
  ["a === '/x\\n'", ["equality: a !== '/x\\n'", "string: a === '/x'"]],
  ["a + ''", ["string: a + '~'"]],
  ["a + '\\\\ '", ["string: a + '\\\\'"]],
  ["a + 'b\\\\'", ["string: a + 'b'"]],
  ['compare(a, b)', ['arguments: compare(b, a)']],
  [
    'a.trim().slice(b, c)',
    [
      'arguments: a.trim().slice(c, b)',
      'bounds: a.trim().slice((b) + 1, c)',
      'bounds: a.trim().slice(b)',
      'left out: a.slice(b, c)',
    ],
  ],
  [
    '/^a+[^b]\\s$/giu',
    [
      'regex: /a+[^b]\\s$/giu',
      'regex: /^a+[^b]\\s/giu',
      'regex: /^a+[b]\\s$/giu',
      'regex: /^a+[^b]\\S$/giu',
      'regex: /^a[^b]\\s$/giu',
      'regex: /^a+[^b]\\s$/iu',
      'regex: /^a+[^b]\\s$/gu',
      'regex: /^a+[^b]\\s$/gi',
    ],
  ],
])('%s', (expression, changes) => {
  expect(
    changesOf(`x(() => ${expression})`)
      .map(change => change.replace(/x\(\(\) => (.*)\)$/, '$1'))
      .toSorted(),
  ).toEqual(changes.toSorted())
})

test('statements and guards are left out', () => {
  const source = 'function f() {\n  if (done) return 1\n  work()\n}'
  expect(changesOf(source)).toContain('guard: ;')
  expect(changesOf(source)).toContain('statement: ;')
})

test('types, imports, descriptions and codes of ours are no behaviour', () => {
  const source = [
    "import { a } from './a b.ts'",
    "type Kind = 'one' | 1",
    "const tool = { description: 'Does a thing.', input: z.string().describe('The text.') } satisfies Tool<'x'>",
    "const f = (): 'a' => fail('not-found', a ? 'failed' : 'denied')",
  ]
  expect(changesOf(source.join('\n'))).toEqual([])
})

test('every mutant is a program', () => {
  const sources = new Map<string, string>()
  for (const [index, mutation] of all.entries()) {
    if (index % 8 !== 0) continue
    const source = sources.get(mutation.file) ?? readFileSync(join(SOURCES, mutation.file), 'utf8')
    sources.set(mutation.file, source)
    const mutant = applyMutation(source, mutation)
    expect(mutant).not.toBe(source)
    expect(() => stripTypeScriptTypes(mutant), mutation.id).not.toThrow()
  }
})

test('the same seed takes the same mutants, spread over operators, whatever changes elsewhere', () => {
  const points = mutations.get('readFile') ?? []
  const sample = sampleMutations(points, 12, 'a')
  expect(sampleMutations(points, 12, 'a')).toEqual(sample)
  expect(sampleMutations(points, 12, 'b')).not.toEqual(sample)
  expect(new Set(sample.map(({ operator }) => operator)).size).toBeGreaterThan(8)
  const moved = points.map(point => ({ ...point, line: point.line + 5, start: point.start + 99 }))
  const bare = ({ file, before, after }: Mutation) => ({ file, before, after })
  expect(sampleMutations(moved, 12, 'a').map(bare)).toEqual(sample.map(bare))
})

test('the default makes at least 80 mutants', () => {
  expect(MUTANTS_DEFAULT).toBeGreaterThanOrEqual(80)
})

/** The harness's own toolbox and what it is made of: upstream has nothing like it. */
const NO_PORT = [
  ...['create-tools', 'find-ripgrep', 'output-trace', 'schema-of', 'toolbox/call-queue', 'toolbox/cap-result'],
  ...['toolbox/explain-arguments', 'toolbox/perform-call', 'toolbox/tool-definition', 'toolbox/toolbox'],
  ...['truncate-middle', 'whole-number'],
]

test('every source of the tools is mutated, or known to be no port', () => {
  const files = readdirSync(join(SOURCES, 'tools'), { recursive: true, encoding: 'utf8' })
  const unknown = files.filter(file => file.endsWith('.ts') && toolOfSource(`tools/${file}`) === undefined)
  expect(unknown.map(file => file.replace(/\.ts$/, '')).toSorted()).toEqual(NO_PORT.toSorted())
})

test('the list of equivalent mutants has no entry that is not needed, and leaves most points', async () => {
  const entries = await readEquivalentMutants()
  expect(staleEntries(entries, all)).toEqual([])
  expect(all.filter(mutation => isEquivalent(mutation, entries)).length).toBeLessThan(all.length / 5)
})
