// Covers: viewer/library/compare-apart.ts, viewer/library/run-store.ts, viewer/markup/text-block.ts
// Covers: viewer/markup/timeline.ts, viewer/markup/token-chart.ts, viewer/markup/trial-chart.ts
// Covers: viewer/pages/flip-pairs.ts, viewer/pages/pair-page.ts, viewer/pages/task-matrix.ts
// Covers: viewer/pages/trial-table.ts, viewer/pages/verdict-markup.ts, viewer/pages/trial/
// Covers: viewer/trial-answers.ts

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exportSite } from '../../src/viewer/export-site.ts'
import { writeRunFolder } from '../helpers/run-folder.ts'
import { trialEvents } from '../helpers/trial-events.ts'

const PATCH = '*** Begin Patch\n*** Update File: src/a.js\n@@\n-old\n+new\n*** End Patch'

/** A task that one arm solves, in two turns of calls, and the other one does not, in one script that fails. */
const STRUCTURED = trialEvents({
  trial: { id: 'structured', task: 'story' },
  turns: [
    {
      text: '',
      attempts: [
        { attempt: 1, durationMs: 5, backoffMs: 20, failure: { class: 'rate-limit', message: 'slow down' } },
        { attempt: 2, durationMs: 1000 },
      ] as never,
      servedModel: 'gpt-test-0102',
      reasoningCarried: false,
      calls: [
        { tool: 'exec', args: { command: ['ls', '-l'] }, durationMs: 40 },
        { tool: 'readFile', args: { filePath: 'b.txt' }, error: { code: 'not-found', message: 'no b.txt' } },
      ],
      observation: { text: 'two results', tokensCut: 7 },
    },
    { text: 'Again.', protocolErrors: ['unknown-tool'], repairs: ['closed a bracket'], refusedCalls: 1 },
    { text: 'Done.' },
  ],
  clauses: [{ 'keeps-order': 1, 'no-loss': 1 }],
})
const SCRIPTED = trialEvents({
  trial: { id: 'scripted', task: 'story' },
  arm: { mode: 'script-tool' },
  turns: [
    {
      script: {
        source: 'const a = 1\nconst b = 2\nthrow new Error("no")\n',
        failure: { class: 'thrown', message: 'no <b>', line: 3, column: 7 },
        logs: ['first'],
        calls: [
          { tool: 'readFile', args: { filePath: 'a.txt' }, startMs: 0, durationMs: 50 },
          { tool: 'applyPatch', args: { patch: PATCH }, effect: 'write', startMs: 70 },
        ],
      },
      observation: { text: 'script failed' },
    },
    { text: 'Done.' },
  ],
  clauses: [{ 'keeps-order': 1, 'no-loss': 0 }],
  outcome: { kind: 'unsolved' },
  unexpected: ['out.txt'],
})

let root = ''
let out = ''
let pages = 0
const page = (path: string) => readFileSync(join(out, path), 'utf8')
/** What a reader sees, without markup and with single spaces. */
const textOf = (path: string) =>
  page(path)
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'scriptbench-copy-'))
  out = join(root, 'copy')
  writeRunFolder(join(root, 'reports', 'story'), [STRUCTURED, SCRIPTED])
  ;({ pages } = await exportSite(join(root, 'reports'), out, new AbortController().signal))
})

afterAll(() => rmSync(root, { recursive: true, force: true }))

describe('a copy', () => {
  test('has every page that its pages link to', () => {
    const links = (path: string) => [...page(path).matchAll(/href="([^"#:]+)(?:#[^"]*)?"/g)].map(([, to = '']) => to)
    const paths = ['index.html', 'runs/story/index.html', 'runs/story/trials/scripted.html']
    for (const path of paths)
      for (const link of links(path)) expect(existsSync(join(out, path, '..', link)), `${path}: ${link}`).toBe(true)
    expect(pages).toBeGreaterThan(5)
  })

  test('lists the run with its verdict, and the trials with their numbers', () => {
    expect(textOf('index.html')).toMatch(/story .*complete .*solved/)
    const run = textOf('runs/story/index.html')
    expect(run).toMatch(/story openai\/gpt-test .*script-tool 1 .*unsolved/)
    expect(page('runs/story/index.html')).not.toContain('type="checkbox"')
  })

  test('leads from a task that changed to both trials side by side, the structured one on the left', () => {
    const [link = ''] = /pairs\/[^"]+\.html/.exec(page('runs/story/index.html') + page('runs/story/compare.html')) ?? []
    const pair = textOf(`runs/story/${link}`)
    expect(pair.indexOf('structured-parallel')).toBeLessThan(pair.indexOf('script-tool'))
    expect(pair).toMatch(/Turns 3 2/)
    expect(pair).toContain('protocol error (unknown-tool)')
    expect(pair).toContain('thrown: no &lt;b&gt;')
  })

  test('is never mixed with what is there, and needs a folder with runs', async () => {
    const { signal } = new AbortController()
    await expect(exportSite(join(root, 'reports'), out, signal)).rejects.toThrow('the folder is not empty')
    const file = join(root, 'file')
    writeFileSync(file, '')
    await expect(exportSite(join(root, 'reports'), file, signal)).rejects.toThrow('cannot be used as a folder')
    await expect(exportSite('/nowhere/at/all', join(out, 'new'), signal)).rejects.toThrow('no such folder')
  })
})

describe('a trial of calls', () => {
  const text = () => textOf('runs/story/trials/structured.html')

  test.each([
    ['a try that failed', 'try 1 failed (rate-limit): slow down ; waited'],
    ['who answered', 'served by gpt-test-0102 · earlier reasoning did not go back'],
    ['a call on a line', 'ls -l'],
    ['a call that failed', 'not-found: no b.txt'],
    ['a result that the log does not hold', 'The log has the size of this result (300 bytes), but not its text.'],
    ['what was cut from the observation', 'tokens cut'],
    ['a protocol error', 'protocol error (unknown-tool): unknown-tool in the reply'],
    ['a repair', 'repaired: closed a bracket'],
    ['a refused call', 'not executed: readFile (one call per turn)'],
    ['that the preamble is as before', 'Preamble: as before.'],
    ['the outcome', 'Outcome: solved'],
  ])('shows %s', (_what, part) => {
    expect(text()).toContain(part)
  })
})

describe('a trial of a script', () => {
  const text = () => textOf('runs/story/trials/scripted.html')

  test.each([
    ['the script and its calls', 'Script 1 3 lines, 2 calls'],
    ['the failure, at its line, as text', 'thrown at line 3, column 7 : no &lt;b&gt;'],
    ['what the script printed', 'Console 1 line'],
    ['the file of a patch', 'src/a.js'],
    ['a file that no solution needs', 'out.txt not needed by a solution'],
    ['a clause that was not kept', 'no-loss ✗ not kept 0'],
    ['the outcome', 'Outcome: unsolved'],
  ])('shows %s', (_what, part) => {
    expect(text()).toContain(part)
  })

  test('the failure leads to its line, and calls are bars of a timeline', () => {
    const html = page('runs/story/trials/scripted.html')
    expect(html).toContain('href="#script-1-line-3"')
    expect(html).toContain('id="script-1-line-3"')
    expect(html.match(/class="bar[^"]*"/g)?.length).toBeGreaterThanOrEqual(2)
  })
})
