import { join, resolve } from 'node:path'
import { chromium } from 'playwright-core'
import { findProgram } from '../../src/os-sandbox/find-program.ts'

/**
 * Draws docs/report.png from the report of a demo run: `npm run demo -- --out reports/demo`, then
 * `npm run docs:picture -- reports/demo`. Not part of `npm run docs`, since it needs a Chromium.
 */
const WIDTH = 1200
const SHOWN = ['contrasts-tokens', 'tokens'].map(id => `.table-${id}`).join(', ')

/** Leaves the head, the decision about the simulated player, and two of its sections. */
function keepParts(shown: string): void {
  const hide = (element: Element | null | undefined) => element?.remove()
  const [other] = document.querySelectorAll('article.decision')
  hide(other)
  hide(document.querySelector('section.facts'))
  const [first, second] = document.querySelectorAll('article.scope')
  hide(first)
  for (const section of second?.querySelectorAll('section.table') ?? []) if (!section.matches(shown)) section.remove()
  hide(document.querySelector('footer'))
  for (const section of document.querySelectorAll('main > section:not(.decisions)')) section.remove()
}

const [run = 'reports/demo'] = process.argv.slice(2)
const executablePath = findProgram('chromium') ?? findProgram('google-chrome')
if (executablePath === undefined) throw new Error('no Chromium found on PATH; install one to draw the picture')
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-quic'] })
try {
  const page = await browser.newPage({ viewport: { width: WIDTH, height: 1000 } })
  await page.goto(`file://${resolve(run, 'report.html')}`)
  await page.evaluate(keepParts, SHOWN)
  await page.screenshot({ path: join(import.meta.dirname, '..', 'report.png'), fullPage: true })
} finally {
  await browser.close()
}
