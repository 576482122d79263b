// Covers: statistics/estimates/log-ratio.ts

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { logRatio, taskLogRatio } from '../../src/statistics/estimates/log-ratio.ts'
import { pairedDifference } from '../../src/statistics/estimates/paired-difference.ts'
import { signFlip } from '../../src/statistics/hypotheses/sign-flip.ts'

const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'statistics.md'), 'utf8')

/** The worked example's rows: model, solved with code and with JSON in percent, turns with code and with JSON. */
const rows = [...page.matchAll(/^\| ([A-Za-z][\w.-]+) \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \|$/gm)].map(
  ([, model, ...figures]) => ({
    model: model as string,
    figures: figures.map(Number) as [number, number, number, number],
  }),
)

test('the page has the eighteen models', () => {
  expect(new Set(rows.map(row => row.model)).size).toBe(18)
})

test('code solves 4.5 points more than JSON, [−0.1, 9.2]', () => {
  const values = rows.map(({ model, figures: [code, json] }) => ({ cluster: model, value: code - json }))
  const difference = pairedDifference(values)
  expect(difference?.estimate).toBeCloseTo(4.5, 1)
  expect(difference?.lower).toBeCloseTo(-0.1, 1)
  expect(difference?.upper).toBeCloseTo(9.2, 1)
  for (const text of [
    `${difference?.estimate.toFixed(1)} points [−0.1, ${difference?.upper.toFixed(1)}]`,
    `p = ${difference?.p.toFixed(3)}`,
    `sign-flip p = ${signFlip(values, '1')?.p.toFixed(3)}`,
  ]) {
    expect(page).toContain(text)
  }
})

test('code takes 0.94 times the turns of JSON, [0.90, 0.985]', () => {
  const turns = logRatio(
    rows.map(({ model, figures: [, , code, json] }) => ({
      cluster: model,
      value: taskLogRatio([json], [code]) as number,
    })),
  )
  expect(turns?.ratio).toBeCloseTo(0.94, 2)
  expect(turns?.lower).toBeCloseTo(0.9, 2)
  expect(turns?.upper).toBeCloseTo(0.985, 3)
  expect(page).toContain(
    `${turns?.ratio.toFixed(3)} times the turns [${turns?.lower.toFixed(3)}, ${turns?.upper.toFixed(3)}]`,
  )
  expect(page).toContain(`p = ${turns?.log.p.toFixed(3)}`)
})
