import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeReports } from '../../../src/report/formats/write-reports.ts'
import { launchChromium } from '../../helpers/chromium.ts'
import { writeRunFolder } from '../../helpers/run-folder.ts'
import { sampleRun } from '../../helpers/sample-run.ts'

const dir = mkdtempSync(join(tmpdir(), 'scriptbench-browser-'))
const file = join(dir, 'report.html')
let browser: Browser

beforeAll(async () => {
  const models = [
    { model: 'openai/a', playerKind: 'api' as const },
    { model: 'oracle', playerKind: 'oracle' as const },
  ]
  writeRunFolder(dir, sampleRun({ models, repeats: 1 }))
  await writeReports({ runDir: dir, formats: ['html'] })
  browser = await launchChromium()
})
afterAll(async () => {
  await browser?.close()
  rmSync(dir, { recursive: true, force: true })
})

async function open(options: { width: number; colorScheme: 'light' | 'dark' }, path = file) {
  const { width, colorScheme } = options
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme })
  const trouble: string[] = []
  page.on('console', message => trouble.push(message.text()))
  page.on('pageerror', error => trouble.push(error.message))
  page.on('request', request => {
    if (!request.url().startsWith('file:')) trouble.push(request.url())
  })
  await page.goto(pathToFileURL(path).href)
  return { page, trouble }
}

/** What reaches beyond the page’s width, other than inside a part that scrolls by itself. */
function overflowing(page: Page): Promise<string[]> {
  return page.evaluate(`[...document.querySelectorAll('body *')]
    .filter(element => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .filter(element => !element.closest('.scroll, .chart, pre, details:not([open])'))
    .map(element => element.tagName + ' ' + element.className)`)
}

describe.each([
  { width: 1280, colorScheme: 'light' },
  { width: 400, colorScheme: 'dark' },
] as const)('in a browser, $width wide and $colorScheme', options => {
  test('the page asks for nothing, says nothing on the console and fits its width', async () => {
    const { page, trouble } = await open(options)
    expect(await overflowing(page)).toEqual([])
    expect(trouble).toEqual([])
    expect(await page.locator('.chart svg').count()).toBeGreaterThan(10)
    await page.close()
  })

  test('axe finds nothing serious', async () => {
    // The page’s own policy lets no script run, so axe gets a copy without it.
    const copy = join(dir, 'copy.html')
    writeFileSync(copy, readFileSync(file, 'utf8').replace(/<meta http-equiv[^>]*>/, ''))
    const { page } = await open(options, copy)
    await page.addScriptTag({ path: createRequire(import.meta.url).resolve('axe-core/axe.min.js') })
    const found: { id: string; impact: string; nodes: string[] }[] = await page.evaluate(
      `axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.slice(0, 3).map(node => node.html) })))`,
    )
    expect(found.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])
    await page.close()
  })
})

test('everything that opens or scrolls is reached by the keyboard, the decision first', async () => {
  const { page } = await open({ width: 700, colorScheme: 'light' })
  await page.keyboard.press('Tab')
  const first = await page.evaluate('document.activeElement.textContent')
  expect(first).toBe('Skip to the decision')
  const unreachable = await page.evaluate(
    `[...document.querySelectorAll('.scroll, .chart, pre')].filter(element => element.scrollWidth > element.clientWidth + 1 && element.tabIndex < 0).length`,
  )
  expect(unreachable).toBe(0)
  const summary = page.locator('summary').first()
  await summary.focus()
  await page.keyboard.press('Enter')
  expect(await page.locator('details[open]').count()).toBe(1)
  await page.close()
})

test('on paper no table is cut', async () => {
  // A4 across, less its margins, at 96 dots an inch.
  const { page } = await open({ width: 1032, colorScheme: 'light' })
  await page.emulateMedia({ media: 'print' })
  const wide = await page.evaluate(
    `[...document.querySelectorAll('table, .chart svg')].filter(element => element.getBoundingClientRect().right > 1033).map(element => element.closest('section')?.className)`,
  )
  expect(wide).toEqual([])
  await page.close()
})
