import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  COMPARISON_FORMATS,
  comparisonDocument,
  writeComparison,
} from '../../../src/report/formats/write-comparison.ts'
import { temporaryFolder } from '../../helpers/folders.ts'
import { comparedScope, comparisonWith } from '../comparison-parts.ts'

const COMPARISON = comparisonWith([comparedScope()])
const VIEW = { isByModel: false, isByStratum: false }

const text = (format: (typeof COMPARISON_FORMATS)[number]) => [...comparisonDocument(COMPARISON, format, VIEW)].join('')

test('each format has its own document', () => {
  expect(JSON.parse(text('json'))).toMatchObject({ scopes: [{ name: 'openai/a' }] })
  expect(text('md')).toMatch(/^# /)
  expect(text('csv').split('\n')[0]).toContain('contrast')
})

test('the files that are asked for are written, in that order, and replaced the next time', async () => {
  const outDir = await temporaryFolder()
  writeFileSync(join(outDir, 'compare.json'), 'old')
  const written = await writeComparison(COMPARISON, { outDir, formats: ['csv', 'json'], view: VIEW })
  expect(written).toEqual({ ok: true, value: ['contrasts.csv', 'compare.json'].map(name => join(outDir, name)) })
  expect(readFileSync(join(outDir, 'compare.json'), 'utf8')).toBe(text('json'))
  expect(readdirSync(outDir).sort()).toEqual(['compare.json', 'contrasts.csv'])
})

test('a folder that cannot be written to is a failure', async () => {
  const file = join(await temporaryFolder(), 'file')
  writeFileSync(file, '')
  const written = await writeComparison(COMPARISON, { outDir: file, formats: COMPARISON_FORMATS, view: VIEW })
  expect(written).toMatchObject({ ok: false })
})
