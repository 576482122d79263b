import { join } from 'node:path'
import { expect, test } from 'vitest'
import { describeTools, toolsMarkdown } from '../../../bench/tools/describe-tools.ts'
import { measureTools } from '../../../bench/tools/measure-tools.ts'
import { UPSTREAM_NAME } from '../../../bench/tools/patch-rows.ts'

const CORPUS = join(import.meta.dirname, '../../../fixtures/ports/own-list-dir.jsonl')

test('every row is measured next to other programs', async () => {
  const report = await measureTools({ repetitions: 1, files: 150, corpora: [CORPUS] })
  expect(report.rows.map(({ id }) => id)).toEqual(['patch', 'patch-large', 'exec', 'grep', 'search', 'check'])
  for (const { id, findings } of report.rows) {
    const failures = findings.filter(({ kind }) => kind === 'failed')
    expect(id === 'exec' ? [] : failures).toEqual([])
  }
  const [patch, , , grep] = report.rows
  expect(patch?.findings.map(({ name }) => name)).toEqual(['scriptbench', UPSTREAM_NAME])
  expect(grep?.findings.map(({ name }) => name)).toEqual(['scriptbench', 'rg -l'])
  expect(grep?.aims).toMatchObject([{ text: '≤ 1.3× rg -l' }])

  expect(describeTools(report)).toContain('applyPatch: a patch of one hunk [patch], ms')
  expect(toolsMarkdown(report)).toMatch(/^\| scriptbench \| [\d.]+ \| [\d.]+ \| [\d.]+ \| 1 \| {2}\|$/m)
})

test('an unknown row is a mistake that names the known ones', async () => {
  await expect(measureTools({ rows: ['speed'], repetitions: 1 })).rejects.toThrow(
    /--rows speed: unknown; expected some of patch, /,
  )
})
