import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { seededRandom } from '../../../src/base/random.ts'
import { MODES } from '../../../src/contracts/arm.ts'
import type { TrialEvent } from '../../../src/contracts/events.ts'
import { STRATA } from '../../../src/contracts/task.ts'
import { chartDrawer } from '../../../src/report/charts/draw-chart.ts'
import { loadDocument } from '../../../src/report/document/load-document.ts'
import type { ReportDocument } from '../../../src/report/document/report-document.ts'
import { renderHtml } from '../../../src/report/formats/html/page.ts'
import { renderMarkdown } from '../../../src/report/formats/markdown.ts'
import { writeRunFolder } from '../../helpers/run-folder.ts'
import { trialEvents } from '../../helpers/trial-events.ts'

const dir = mkdtempSync(join(tmpdir(), 'scriptbench-size-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

/** 3 players × 4 modes × 2 reinjections × 84 tasks with long names and long failures: 2,016 trials. */
function manyTrials(): TrialEvent[][] {
  const random = seededRandom('many')
  const trials: TrialEvent[][] = []
  for (const model of ['openai/a', 'anthropic/b', 'oracle'])
    for (let task = 0; task < 84; task++)
      for (const mode of MODES)
        for (const reinjection of ['off', 'tail'] as const) {
          const name = `task-${task}-${'<&|"'.repeat(12)}`
          const message = `${'"<>&'.repeat(300)} ${trials.length}`
          const failure = { class: 'thrown', message, frame: message, line: 1 } as const
          const isScript = mode.startsWith('script')
          trials.push(
            trialEvents({
              trial: {
                ...{ id: `t${trials.length}`, task: name, cluster: name, model },
                playerKind: model === 'oracle' ? 'oracle' : 'api',
                stratum: STRATA[task % STRATA.length] ?? 'few',
                ...{ callsMin: 1 + (task % 20), looksMin: 1 },
              },
              arm: { mode, reinjection },
              turns: [{ latencyMs: 500 + 900 * random(), ...(isScript && { script: { failure } }) }],
              outcome: { kind: random() < 0.6 ? 'solved' : 'unsolved' },
            }),
          )
        }
  return trials
}

let document: ReportDocument
beforeAll(async () => {
  writeRunFolder(dir, manyTrials())
  const loaded = await loadDocument(dir)
  if (!loaded.ok) throw new Error(loaded.error.message)
  document = loaded.value
})

test('a page of 2,000 trials has at most 5 MB', async () => {
  expect(document.report.trials).toHaveLength(2016)
  const html = renderHtml(document, await chartDrawer())
  expect(Buffer.byteLength(html)).toBeLessThan(5_000_000)
  expect(html.endsWith('</html>\n')).toBe(true)
})

test('report.md fits a comment, starts with the decision, and says what it left out', () => {
  const markdown = renderMarkdown(document)
  expect(markdown.length).toBeLessThan(60_000)
  expect(markdown.indexOf('## Decision')).toBeLessThan(3_000)
  expect(markdown).toContain('left out to fit a comment')
  expect(markdown.match(/<details>/g)?.length).toBe(markdown.match(/<\/details>/g)?.length)
})
