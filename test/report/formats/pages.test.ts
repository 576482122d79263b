// Covers: report/document/report-words.ts, report/formats/html/gallery-markup.ts, report/formats/html/markup.ts
// Covers: report/formats/markdown-text.ts

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { TrialEvent } from '../../../src/contracts/events.ts'
import type { Manifest } from '../../../src/contracts/manifest.ts'
import type { PlayerKind } from '../../../src/contracts/model.ts'
import { PLAYER_KINDS } from '../../../src/contracts/traits/player-kinds.ts'
import { chartDrawer } from '../../../src/report/charts/draw-chart.ts'
import { loadDocument } from '../../../src/report/document/load-document.ts'
import { renderHtml } from '../../../src/report/formats/html/page.ts'
import { renderMarkdown } from '../../../src/report/formats/markdown.ts'
import { renderTerminal } from '../../../src/report/formats/terminal.ts'
import { writeRunFolder } from '../../helpers/run-folder.ts'
import { sampleRun } from '../../helpers/sample-run.ts'
import { trialEvents } from '../../helpers/trial-events.ts'

let dir = ''
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'scriptbench-pages-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

async function pagesOf(
  trials: TrialEvent[][],
  manifest: Partial<Manifest> = {},
): Promise<[name: string, text: string][]> {
  writeRunFolder(dir, trials, manifest)
  const document = await loadDocument(dir)
  if (!document.ok) throw new Error(document.error.message)
  return [
    ['html', renderHtml(document.value, await chartDrawer())],
    ['markdown', renderMarkdown(document.value)],
    ['terminal', renderTerminal(document.value)],
  ]
}

const sampleOf = (playerKind: PlayerKind) => sampleRun({ models: [{ model: `${playerKind}-player`, playerKind }] })

describe('every page', () => {
  test.each(PLAYER_KINDS)('says that %s played, and whether that is evidence about models', async kind => {
    for (const [name, text] of await pagesOf(sampleOf(kind))) {
      expect(text, name).toContain(`${kind}-player`)
      expect(/no evidence about models/i.test(text), name).toBe(kind !== 'api' && kind !== 'recorded')
    }
  })

  test('warns of a run without a sandbox', async () => {
    const trial = { id: 'a', sandbox: { mechanism: 'none', policy: 'workspace-write' } } as const
    for (const [name, text] of await pagesOf([trialEvents({ trial })])) expect(text, name).toContain('Sandbox: none')
    for (const [name, text] of await pagesOf([trialEvents()])) expect(text, name).not.toContain('Sandbox: none')
  })

  test('starts with the decision', async () => {
    for (const [name, text] of await pagesOf(sampleOf('api'))) {
      const decision = text.search(/Decision\b(?!<\/a>)/)
      expect(decision, name).toBeGreaterThan(0)
      expect(decision, name).toBeLessThan(text.search(/>Arms<|### Arms|\nArms\n/))
    }
  })

  test.each(['simulated', 'oracle'] as const)(
    'recommends nothing where %s played, and says neither better nor worse',
    async kind => {
      for (const [name, text] of await pagesOf(sampleOf(kind))) {
        expect(text, name).toContain('No recommendation')
        const told = text.replace(/better or worse: [^<\n]*|only better where|got better|no better/g, '')
        expect(told, name).not.toMatch(/\b(better|worse|wins?|significant)\b(?! →)/i)
      }
    },
  )

  test('says why there is no decision in a run of one arm', async () => {
    for (const [name, text] of await pagesOf([trialEvents()])) {
      expect(text, name).toContain('No decision: ')
      expect(text, name).toContain('one arm')
    }
  })

  test('says that costs are unknown where no price is known', async () => {
    const trials = (['structured-parallel', 'script-tool'] as const).flatMap(mode =>
      ['a', 'b', 'c'].map(task => trialEvents({ trial: { id: `${task}-${mode}`, task }, arm: { mode } })),
    )
    for (const [name, text] of await pagesOf(trials))
      expect(text, name).toMatch(name === 'terminal' ? /unknown/ : /Costs: unknown, no prices for openai\/gpt-test/)
  })

  test('tells how much of the plan was done, what was left out and what failed', async () => {
    const failed = { kind: 'failed', cause: { area: 'verifier', message: 'no reward' } } as const
    const trials = [trialEvents({ trial: { id: 'a' } }), trialEvents({ trial: { id: 'b' }, outcome: failed })]
    const manifest = { trialsPlanned: 9, tasksLeftOut: [{ task: 'py-totals', reason: 'needs python3' }] }
    for (const [name, text] of await pagesOf(trials, manifest)) {
      expect(text, name).toContain('2 of 9 planned trials done · 1 scored · 1 failed')
      expect(text, name).toContain('py-totals')
      expect(text, name).toContain('no reward')
      expect(text, name).toContain('50%–100%')
    }
  })
})

describe('hostile names', () => {
  const task = '<img src=x onerror=alert(1)>|`x`\u001b[31m\u202egnp.exe [a](http://evil) @everyone'

  test('stay text on a page', async () => {
    const pages = Object.fromEntries(await pagesOf([trialEvents({ trial: { id: 'a', task, model: task } })]))
    for (const text of Object.values(pages)) expect(text).not.toMatch(/[\u001b\u202e]/)
    expect(pages.html).not.toContain('<img')
    expect(pages.markdown).not.toContain('<img')
    expect(pages.markdown).not.toMatch(/[^\\]\]\(/)
    expect(pages.markdown).not.toContain('@everyone')
  })

  test('do not break a row of a Markdown table', async () => {
    const [, markdown] = (await pagesOf([trialEvents({ trial: { id: 'a', task: 'a|b\nc' } })]))[1] as [string, string]
    expect(markdown).toContain('a\\|b c')
  })
})

describe('the HTML page', () => {
  test('needs nothing but itself', async () => {
    const [, html] = (await pagesOf(sampleOf('oracle')))[0] as [string, string]
    expect(html).toContain("default-src 'none'")
    expect(html).not.toMatch(/<script|<link|https?:|@import|url\(/i)
  })

  test('opens and closes each element', async () => {
    const [, html] = (await pagesOf(sampleOf('simulated')))[0] as [string, string]
    for (const name of ['table', 'thead', 'tbody', 'tr', 'td', 'th', 'section', 'article', 'svg', 'span', 'ul', 'li']) {
      const opened = html.match(new RegExp(`<${name}[ >]`, 'g'))?.length ?? 0
      const closed = html.match(new RegExp(`</${name}>`, 'g'))?.length ?? 0
      expect(opened, name).toBe(closed)
    }
  })

  test('has no id twice', async () => {
    const [, html] = (await pagesOf(demoOfThree()))[0] as [string, string]
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(match => match[1])
    expect(new Set(ids).size).toBe(ids.length)
  })
})

const MODES = ['structured-parallel', 'script-tool']

function demoOfThree(): TrialEvent[][] {
  const models = (['api', 'api', 'oracle'] as const).map((playerKind, index) => ({ model: `m${index}`, playerKind }))
  return sampleRun({ models, repeats: 1 })
}

describe('the terminal', () => {
  test('shows the tables with their columns in line', async () => {
    const [, text] = (await pagesOf(demoOfThree()))[2] as [string, string]
    expect(text).toMatch(/^All models \(2\) \(api\)$/m)
    const lines = text.split('\n')
    const arms = lines.slice(lines.indexOf('Arms') + 1).slice(0, 4)
    expect(arms.map(line => line.split(' ')[0])).toEqual(['Arm', expect.stringMatching(/^-+$/), ...MODES])
    expect(new Set(arms.map(line => line.length)).size).toBe(1)
  })
})
