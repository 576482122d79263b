import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { exportSite } from '../../src/viewer/export-site.ts'
import { startViewer, type Viewer } from '../../src/viewer/start-viewer.ts'
import { launchChromium } from '../helpers/chromium.ts'
import { hostileManifest, hostileTrials } from '../helpers/hostile-run.ts'
import { inlineSuite, inlineTask } from '../helpers/inline-task.ts'
import { PROJECT_ROOT } from '../helpers/run-cli.ts'
import { writeRunFolder } from '../helpers/run-folder.ts'
import { sampleRun } from '../helpers/sample-run.ts'
import { trialEvents } from '../helpers/trial-events.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8')
/** A busy machine can be many times slower than a quiet one. */
const SECONDS_MAX = 30
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 })

let root: string
let viewer: Viewer
let browser: Browser
let context: BrowserContext
let page: Page
let problems: string[]

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'scriptbench-view-'))
  const models = [
    { model: 'openai/gpt-a', playerKind: 'api' as const },
    { model: 'anthropic/b', playerKind: 'api' as const },
  ]
  writeRunFolder(join(root, 'sample'), sampleRun({ models, reinjections: ['off', 'turn-top'] }), {
    suite: { name: 'sample', digest: 'd'.repeat(64), content: {} },
    models: { 'openai/gpt-a': { playerKind: 'api' }, 'anthropic/b': { playerKind: 'api' } },
  })
  writeRunFolder(join(root, 'hostile'), hostileTrials(), hostileManifest())
  writeStory(join(root, 'story'))
  browser = await launchChromium()
  viewer = await startViewer(root)
})

afterAll(async () => {
  await browser?.close()
  await viewer?.close()
  rmSync(root, { recursive: true, force: true })
})

beforeEach(async () => {
  problems = []
  context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  page = await context.newPage()
  watch(page)
  await page.goto(viewer.url)
})

afterEach(async () => {
  await context.close()
  expect(problems).toEqual([])
})

/** Notes whatever a page must never do. */
function watch(watched: Page): void {
  watched.on('console', message => problems.push(`console: ${message.text()}`))
  watched.on('pageerror', error => problems.push(`error: ${error.message}`))
  watched.on('dialog', dialog => problems.push(`dialog: ${dialog.message()}`))
  watched.on('request', request => {
    const { protocol, hostname } = new URL(request.url())
    if (protocol !== 'file:' && hostname !== '127.0.0.1') problems.push(`request: ${request.url()}`)
  })
}

const PATCH = '*** Begin Patch\n*** Update File: src/a.js\n@@\n-old\n+new\n*** End Patch'

/** One trial with everything that a page can show of one, and another arm of the same task. */
function writeStory(folder: string): void {
  const script = trialEvents({
    trial: { id: 'scripted', task: 'story' },
    arm: { mode: 'script-tool' },
    turns: [
      {
        script: {
          source: 'const a = 1\nconst b = 2\nthrow new Error("no")\n',
          failure: { class: 'thrown', message: 'no', line: 3, column: 7 },
          logs: ['first'],
          calls: [
            { tool: 'readFile', args: { filePath: 'a.txt' }, startMs: 0, durationMs: 50 },
            { tool: 'readFile', args: { filePath: 'b.txt' }, startMs: 5, durationMs: 60 },
            { tool: 'applyPatch', args: { patch: PATCH }, effect: 'write', startMs: 70 },
          ],
        },
      },
      { text: 'Done.' },
    ],
    clauses: [{ 'keeps-order': 1, 'no-loss': 0 }],
    outcome: { kind: 'unsolved' },
  })
  const structured = trialEvents({
    trial: { id: 'structured', task: 'story' },
    turns: [{ calls: [{ tool: 'exec', args: { command: ['ls', '-l'] } }] }, { text: 'Done.' }],
    clauses: [{ 'keeps-order': 1, 'no-loss': 1 }],
  })
  writeRunFolder(folder, [script, structured])
}

async function open(path: string): Promise<void> {
  await page.goto(new URL(path, viewer.url).href)
}

function path(): string {
  return new URL(page.url()).pathname
}

describe('pages', () => {
  test('the list leads to a run, the run to a trial, and back by the crumbs', async () => {
    await page.getByRole('link', { name: 'sample' }).click()
    await page.getByRole('heading', { name: 'Tasks and arms' }).waitFor()
    await page.locator('table.trials tbody th a').first().click()
    await page.getByRole('heading', { name: 'Turn 1', exact: false }).first().waitFor()
    await page.getByRole('navigation', { name: 'Where you are' }).getByRole('link', { name: 'sample' }).click()
    expect(path()).toBe('/runs/sample/index.html')
  })

  test('the list shows the verdict as soon as it is computed', async () => {
    const row = page.locator('#run-sample')
    await row.locator('.word').waitFor()
    expect(await row.textContent()).toMatch(/complete.*turns|complete.*solved/)
  })

  test('a comparison shows contrasts, intervals, sentences, and flips that lead side by side', async () => {
    await open('/runs/sample/compare.html')
    expect(await page.locator('details.contrast').count()).toBeGreaterThan(1)
    expect(await page.locator('svg.interval').count()).toBeGreaterThan(3)
    const flip = page.locator('table.flips a').first()
    await page.locator('details').evaluateAll(all => {
      for (const part of all) (part as HTMLDetailsElement).open = true
    })
    await flip.click()
    expect(path()).toMatch(/\/pairs\/t\d+~t\d+\.html$/)
    expect(await page.locator('.column').count()).toBe(2)
  })

  test('a trial shows its turns, calls in lanes, the patch, and each clause', async () => {
    await open('/runs/story/trials/scripted.html')
    expect(await page.locator('.timeline .bar').count()).toBeGreaterThan(5)
    expect(await page.locator('#workspace .files').textContent()).toContain('src/main.js')
    expect(await page.locator('.diff .line.added').textContent()).toBe('+new\n')
    expect(await page.locator('.clauses').textContent()).toContain('✗ not kept')
    expect(await page.getByText('not their contents').count()).toBe(1)
  })

  test('an error of a script leads to its line', async () => {
    await open('/runs/story/trials/scripted.html')
    await page.getByRole('link', { name: 'line 3, column 7' }).click()
    const line = page.locator('#script-1-line-3')
    expect(await line.textContent()).toContain('throw new Error')
    expect(await line.evaluate(element => element.matches(':target'))).toBe(true)
  })

  test('a deep link opens the call it names', async () => {
    await open('/runs/story/trials/scripted.html#call-2')
    expect(await page.locator('#call-2').getAttribute('open')).not.toBeNull()
    expect(await page.locator('#call-1').getAttribute('open')).toBeNull()
  })

  test('two trials that were ticked are shown side by side, the structured one first', async () => {
    await open('/runs/story/index.html')
    for (const box of await page.locator('table.trials input').all()) await box.check()
    await page.getByRole('button', { name: 'Side by side' }).click()
    await page.waitForURL(/pairs/)
    expect(await page.locator('.column h2').allTextContents()).toEqual(['structured-parallel', 'script-tool'])
  })
})

describe('lists', () => {
  test('filters and search leave the rows that fit, and are in the address', async () => {
    await open('/runs/sample/index.html')
    const rows = page.locator('table.trials tbody tr:visible')
    await page.getByLabel('outcome').selectOption('unsolved')
    expect(new Set(await rows.locator('.outcome').allTextContents())).toEqual(new Set(['✗ unsolved']))
    await page.getByLabel('Search').fill('license script-tool')
    for (const text of await rows.allTextContents()) expect(text).toContain('license-headers')
    expect(new URL(page.url()).searchParams.get('outcome')).toBe('unsolved')
    await page.reload()
    expect(await page.getByLabel('Search').inputValue()).toBe('license script-tool')
    await page.getByLabel('Search').fill('no such trial')
    expect(await page.getByText('No trial fits the filters.').isVisible()).toBe(true)
  })

  test('a column is sorted by a click, and the other way by the next one', async () => {
    await open('/runs/sample/index.html')
    await page.waitForFunction(() => document.querySelectorAll('td[data-value]').length > 100)
    const turns = async () => (await page.locator('table.trials tbody td:nth-child(7)').allTextContents()).map(Number)
    await page.getByRole('button', { name: 'Turns' }).click()
    const up = await turns()
    expect(up).toEqual([...up].sort((left, right) => left - right))
    await page.getByRole('button', { name: 'Turns' }).click()
    expect(await turns()).toEqual([...up].reverse())
  })
})

test('keys walk through list, run and trial', async () => {
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  expect(await page.locator('tr.current').getAttribute('id')).toBe('run-sample')
  await page.keyboard.press('Enter')
  await page.waitForURL(/runs\/sample\/index/)
  await page.keyboard.press('/')
  await page.keyboard.type('grow')
  await page.keyboard.press('Escape')
  await page.keyboard.press('j')
  expect(await page.locator('tr.current th').textContent()).toBe('grow-a-parser')
  await page.keyboard.press('Enter')
  await page.waitForURL(/trials/)
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('k')
  await page.keyboard.press('e')
  expect(await page.locator('.current').count()).toBe(1)
  const first = page.url()
  await page.keyboard.press('n')
  await page.waitForURL(url => url.href !== first)
  await page.keyboard.press('?')
  expect(await page.getByRole('dialog').isVisible()).toBe(true)
  await page.keyboard.press('Escape')
  expect(await page.getByRole('dialog').isVisible()).toBe(false)
  await page.keyboard.press('u')
  await page.waitForURL(/runs\/sample\/index/)
  await page.keyboard.press('u')
  await page.waitForURL(/\/index\.html$/)
})

const PAGES = [
  '/',
  '/runs/sample/index.html',
  '/runs/sample/compare.html',
  '/runs/story/trials/scripted.html',
  '/runs/story/pairs/scripted~structured.html',
  '/runs/none/index.html',
]

describe('accessibility', () => {
  test.each(['light', 'dark'] as const)('nothing serious on any page, %s', async colorScheme => {
    await page.emulateMedia({ colorScheme })
    for (const address of PAGES) {
      if (address.includes('none')) await page.goto(new URL(address, viewer.url).href).catch(() => undefined)
      else await open(address)
      await page.locator('details').evaluateAll(all => {
        for (const part of all) (part as HTMLDetailsElement).open = true
      })
      expect(await seriousFindings(colorScheme), address).toEqual([])
    }
    problems = problems.filter(problem => !problem.includes('404'))
  })
})

/** Light and dark differ in their colours alone. */
async function seriousFindings(colorScheme: 'light' | 'dark'): Promise<string[]> {
  await page.evaluate(AXE)
  return page.evaluate(
    async rules => {
      const { axe } = globalThis as unknown as {
        axe: {
          run(options: object): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }>
        }
      }
      const { violations } = await axe.run({ resultTypes: ['violations'], ...(rules && { runOnly: rules }) })
      const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
      return grave.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
    },
    colorScheme === 'dark' ? ['color-contrast'] : undefined,
  )
}

describe('hostile content', () => {
  const HOSTILE_PAGES = [
    '/',
    '/runs/hostile/index.html',
    '/runs/hostile/compare.html',
    '/runs/hostile/trials/h1.html',
    '/runs/hostile/trials/h1.whole.html',
    '/runs/hostile/pairs/h1~h2.html',
  ]

  test.each(HOSTILE_PAGES)('stays text on %s', async address => {
    await open(address)
    await page.locator('details').evaluateAll(all => {
      for (const part of all) (part as HTMLDetailsElement).open = true
    })
    const found = await page.evaluate(() => {
      const links = Array.from(document.querySelectorAll('a'), link => link.getAttribute('href') ?? '')
      return {
        hacked: 'hacked' in globalThis,
        scripts: document.querySelectorAll('script').length,
        elements: document.querySelectorAll('img, iframe, object, embed, form, base, svg [onload], [onerror]').length,
        links: links.filter(
          link => !/^(#[a-z0-9-]+|(\.\.\/)*([a-z]+\/[\w./~-]+|[\w~-]+)(\.whole)?\.html(#[a-z0-9-]+)?)$/i.test(link),
        ),
        hidden:
          /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\u{e0041}/u.exec(
            document.documentElement.outerHTML,
          )?.[0],
      }
    })
    expect(found).toEqual({ hacked: false, scripts: 1, elements: 0, links: [], hidden: undefined })
    expect(await page.locator('main').textContent()).toContain('globalThis.hacked')
  })
})

describe('size', () => {
  test('2,000 trials are listed, and a trial of 200 turns opens, without delay', async () => {
    const trials = Array.from({ length: 2000 }, (_, index) => {
      const trial = {
        id: `t${index}`,
        task: `task-${index % 50}`,
        model: `vendor/model-${index % 20}`,
        repeat: index % 4,
      }
      return trialEvents({ trial, arm: { mode: index % 2 === 0 ? 'script-tool' : 'structured-parallel' }, turns: [] })
    })
    const turns = Array.from({ length: 200 }, (_, index) => ({
      script: { source: SOURCE, calls: Array.from({ length: 8 }, (_call, at) => ({ startMs: at, durationMs: 20 })) },
      observation: { text: `line ${index}\n`.repeat(100) },
    }))
    trials.push(trialEvents({ trial: { id: 'long', task: 'long' }, turns }))
    writeRunFolder(join(root, 'large'), trials)
    const startedMs = performance.now()
    await open('/runs/large/index.html')
    expect(await page.locator('table.trials tbody tr').count()).toBe(trials.length)
    const listedMs = performance.now()
    await open('/runs/large/trials/long.html')
    expect(await page.locator('section.turn').count()).toBe(200)
    const openedMs = performance.now()
    expect(listedMs - startedMs).toBeLessThan(SECONDS_MAX * 1000)
    expect(openedMs - listedMs).toBeLessThan(SECONDS_MAX * 1000)
    if (process.env.VIEW_TIMES) console.log(`listed in ${listedMs - startedMs} ms, opened in ${openedMs - listedMs} ms`)
    rmSync(join(root, 'large'), { recursive: true })
  })
})

const SOURCE = Array.from(
  { length: 30 },
  (_, at) => `const value${at} = await tools.readFile({ filePath: 'f${at}' })`,
).join('\n')

test('a run that goes on is followed to its end', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'scriptbench-view-run-'))
  const files = {
    ...inlineTask('one'),
    ...inlineTask('two'),
    'suite.yaml': inlineSuite({ factors: { mode: ['script-tool', 'structured-parallel'] }, repeats: 2 }),
  }
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  const main = join(PROJECT_ROOT, 'src', 'cli', 'main.ts')
  const run = spawn(process.execPath, [main, 'run', 'suite.yaml', '--out', join(root, 'going')], {
    cwd: folder,
    stdio: 'ignore',
  })
  try {
    const ended = new Promise(resolve => run.on('close', resolve))
    const address = new URL('/runs/going/index.html', viewer.url).href
    const isThere = async () => (await page.request.get(address)).ok()
    await expect.poll(isThere, { timeout: 20_000, interval: 100 }).toBe(true)
    await page.goto(address)
    const before = await page.locator('table.trials tbody tr').count()
    await page.locator('.state.complete').first().waitFor({ timeout: 30_000 })
    await page.waitForFunction(() => document.querySelectorAll('table.trials tbody .solved').length === 8)
    expect(before).toBeLessThanOrEqual(8)
    await page.waitForFunction(() => document.querySelectorAll('td[data-value]').length > 40)
    await page.waitForFunction(() => document.getElementById('live-state')?.textContent === '')
    expect(await ended).toBe(0)
  } finally {
    run.kill()
    rmSync(folder, { recursive: true, force: true })
    rmSync(join(root, 'going'), { recursive: true, force: true })
  }
})

test('a copy works from the disk: links, style, filters and keys, without a server', async () => {
  const out = join(root, 'copy-of-pages')
  await exportSite(join(root, 'story'), out, new AbortController().signal)
  await page.goto(pathToFileURL(join(out, 'index.html')).href)
  await page.getByRole('link', { name: 'story' }).click()
  expect(await page.locator('.filters').isVisible()).toBe(true)
  const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  expect(paper).toBe('rgb(251, 250, 247)')
  await page.locator('table.trials tbody th a').first().click()
  await page.getByRole('heading', { name: 'Turn 1' }).waitFor()
  await page.getByRole('link', { name: 'structured-parallel' }).first().click()
  expect(await page.locator('.column').count()).toBe(2)
  await page.keyboard.press('?')
  expect(await page.getByRole('dialog').isVisible()).toBe(true)
})
