// Covers: report/comparison/comparison-schema.ts, report/comparison/noise-floor.ts, report/comparison/noise-report.ts
// Covers: report/comparison/slope-result.ts, report/comparison/task-flips.ts, report/formats/comparison-text.ts
// Covers: report/judging/figure-text.ts, report/judging/verdicts.ts

import { describe, expect, test } from 'vitest'
import { compareRuns } from '../../../src/report/comparison/compare-runs.ts'
import type { Comparison } from '../../../src/report/comparison/comparison.ts'
import { comparisonSchema } from '../../../src/report/comparison/comparison-schema.ts'
import { noiseOfRun } from '../../../src/report/comparison/noise-report.ts'
import { comparisonJson } from '../../../src/report/formats/compare-json.ts'
import { renderComparisonMarkdown, renderComparisonTerminal } from '../../../src/report/formats/comparison-text.ts'
import { contrastsCsv } from '../../../src/report/formats/contrasts-csv.ts'
import { parseCsv } from '../../../src/report/imports/parse-csv.ts'
import { PARALLEL, pairedTrials, runOf, SCRIPT, trialOf } from '../../helpers/compared-run.ts'

const VIEW = { isByModel: true, isByStratum: true }

/** Two models, one player that is not a model, repeats, calls per look, a limit and a failed trial. */
function rich(): Comparison {
  const trials = ['a', 'b', 'oracle'].flatMap(model =>
    pairedTrials(
      6,
      (index, mode, repeat) => ({
        ...{ model, playerKind: model === 'oracle' ? 'oracle' : 'api', callsMin: 2 ** (index % 4), looksMin: 1 },
        ...{
          turns: mode === SCRIPT ? 3 : 3 + index + repeat,
          inputTokens: 1000 * (mode === SCRIPT ? 2 : 3 + index + repeat),
        },
        outcome: (index + repeat) % 3 === 0 ? ('unsolved' as const) : ('solved' as const),
        ...(index === 5 && mode === PARALLEL && repeat === 0 && { limitHit: 'turns', outcome: 'limited' }),
        ...(index === 4 && mode === SCRIPT && repeat === 1 && { outcome: 'failed' }),
      }),
      2,
    ),
  )
  const compared = compareRuns([runOf(trials)])
  if (!compared.ok) throw new Error(compared.error.message)
  return compared.value
}

describe('compare.json', () => {
  test('fits its schema, and holds nothing that is not a number', () => {
    const json = comparisonJson(rich())
    expect(comparisonSchema.safeParse(JSON.parse(json)).error).toBeUndefined()
    expect(json).not.toContain('null')
  })
})

test('contrasts.csv has a row for each result, and no formula', () => {
  const comparison = rich()
  comparison.scopes[0] = { ...(comparison.scopes[0] as Comparison['scopes'][0]), name: '=HYPERLINK("x")' }
  const rows = parseCsv([...contrastsCsv(comparison)].join('')) ?? []
  const results = comparison.scopes.flatMap(scope => [
    ...scope.contrasts,
    ...scope.strata.flatMap(each => each.contrasts),
  ])
  expect(rows).toHaveLength(results.length + 1)
  expect(rows[1]?.cells[0]).toMatch(/^'=/)
})

describe('for people', () => {
  test('the terminal names arms, words, flips and where tokens went', () => {
    const text = renderComparisonTerminal(rich(), VIEW)
    for (const word of [
      'a (api: a model over its API)',
      'no evidence about models',
      'composition: script-tool',
      'Where turns and tokens went',
      'few: composition',
      'pass^k',
      'Each doubling of the calls per look',
      'Noise floor',
    ]) {
      expect(text).toContain(word)
    }
  })

  test('without --by model, all models are together', () => {
    const text = renderComparisonTerminal(rich(), { isByModel: false, isByStratum: false })
    expect(text).toContain('All models (2)')
    expect(text).not.toContain('\na (api')
  })

  test('names from elsewhere stay text', () => {
    const model = '<img src=x onerror=1> | \u001b[31m @everyone ![x](http://x)'
    const compared = compareRuns([runOf(pairedTrials(3, () => ({ model })))])
    const comparison = compared.ok ? compared.value : undefined
    const markdown = renderComparisonMarkdown(comparison as Comparison, VIEW)
    expect(markdown).not.toMatch(/<img|\u001b|@everyone|!\[x\]\(http/)
    expect(renderComparisonTerminal(comparison as Comparison, VIEW)).not.toContain('\u001b')
  })
})

describe('the noise floor', () => {
  test('of an arm without any change holds no effect', () => {
    const trials = pairedTrials(12, (index, _mode, repeat) => ({ turns: 5 + ((index * 7 + repeat * 3) % 6) }), 4)
    const noise = noiseOfRun(runOf(trials))
    expect(noise).toMatchObject({ ok: true, value: [{ arm: PARALLEL, repeats: 4 }, { arm: SCRIPT }] })
    const floors = noise.ok ? noise.value.map(arm => arm.floors.find(floor => floor.metric === 'turns')) : []
    for (const floor of floors) expect(floor).toMatchObject({ source: 'repeats', tasks: 12, covers: true })
  })

  test('depends on its seed alone', () => {
    const run = runOf(pairedTrials(8, (index, _mode, repeat) => ({ turns: 2 + ((index + repeat * 5) % 7) }), 2))
    expect(noiseOfRun(run, 'x')).toEqual(noiseOfRun(run, 'x'))
    expect(noiseOfRun(run, 'x')).not.toEqual(noiseOfRun(run, 'y'))
  })

  test('needs two repeats', () => {
    const noise = noiseOfRun(runOf(pairedTrials(3, () => ({}))))
    expect(noise.ok && noise.value[0]?.floors.every(floor => floor.halfWidth === undefined)).toBe(true)
  })

  test('is that of two labels where the run has them', () => {
    const trials = [0, 1, 2, 3].flatMap(index =>
      ['one', 'two'].map((aa, label) =>
        trialOf({ task: `t${index}`, custom: { aa }, turns: 4 + ((index + label) % 2) }),
      ),
    )
    const noise = noiseOfRun(runOf(trials))
    expect(noise.ok && noise.value[0]?.floors.find(floor => floor.metric === 'turns')).toMatchObject({
      source: 'arms',
      covers: true,
    })
  })
})
