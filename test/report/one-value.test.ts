// Covers: report/charts/pictures.ts, report/comparison/comparable-run.ts, report/document/report-document.ts
// Covers: report/document/scopes.ts, report/document/sections.ts, report/formats/compare-json.ts
// Covers: report/formats/contrasts-csv.ts, report/formats/html/decision-markup.ts, report/formats/html/page.ts
// Covers: report/formats/html/section-markup.ts, report/formats/html/table-markup.ts, report/formats/html/visual.ts
// Covers: report/formats/markdown.ts, report/formats/terminal.ts, report/judging/measure-quotient.ts
// Covers: report/tables/arm-cells.ts, report/tables/arm-tables.ts, report/tables/time-tables.ts
// Covers: report/tables/usage-tables.ts, viewer/library/compare-run.ts, viewer/markup/interval-plot.ts
// Covers: viewer/pages/comparison-page.ts, viewer/pages/section-markup.ts

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { amountText, durationText, meanText } from '../../src/base/number-text.ts'
import { plainLine } from '../../src/base/plain-text.ts'
import { chartDrawer } from '../../src/report/charts/draw-chart.ts'
import { loadComparableRun } from '../../src/report/comparison/comparable-run.ts'
import { compareRuns } from '../../src/report/comparison/compare-runs.ts'
import type { Comparison, ContrastResult } from '../../src/report/comparison/comparison.ts'
import { loadDocument } from '../../src/report/document/load-document.ts'
import { comparisonJson } from '../../src/report/formats/compare-json.ts'
import { renderComparisonMarkdown, renderComparisonTerminal } from '../../src/report/formats/comparison-text.ts'
import { contrastsCsv } from '../../src/report/formats/contrasts-csv.ts'
import { renderHtml } from '../../src/report/formats/html/page.ts'
import { renderMarkdown } from '../../src/report/formats/markdown.ts'
import { resultsJson } from '../../src/report/formats/results-json.ts'
import { renderTerminal } from '../../src/report/formats/terminal.ts'
import { parseCsv } from '../../src/report/imports/parse-csv.ts'
import { compareMetric } from '../../src/report/judging/compare-metrics.ts'
import { contrastName, detectableText, estimateText, noiseText, pText } from '../../src/report/judging/figure-text.ts'
import { QUANTITY } from '../../src/report/judging/quantities.ts'
import { verdictText, verdictToken } from '../../src/report/judging/verdicts.ts'
import { compareRun } from '../../src/viewer/library/compare-run.ts'
import type { RunView } from '../../src/viewer/library/run-store.ts'
import { comparisonPage } from '../../src/viewer/pages/comparison-page.ts'
import { writeRunFolder } from '../helpers/run-folder.ts'
import { sampleRun } from '../helpers/sample-run.ts'
import { trialEvents } from '../helpers/trial-events.ts'
import { cardRows, htmlRows, markdownRows, type ScopeOf, type TableRow, terminalRows } from './document-tables.ts'

/** Every document of one run, as text. */
const documents = {
  'report.html': '',
  'report.md': '',
  'report in a terminal': '',
  'compare in a terminal': '',
  'compare.md': '',
  'compare.json': '',
  'contrasts.csv': '',
  'results.json': '',
  'viewer comparison': '',
}
type Documents = typeof documents

const DASH = '–'
let truth: Comparison

beforeAll(async () => {
  const root = mkdtempSync(join(tmpdir(), 'scriptbench-one-value-'))
  const dir = join(root, 'run')
  const failed = { kind: 'failed', cause: { area: 'verifier', message: 'no reward' } } as const
  const models = ['openai/a', 'openai/b'].map(model => ({ model, playerKind: 'api' as const }))
  const trials = [
    ...sampleRun({ models, reinjections: ['off', 'tail'], repeats: 2 }),
    trialEvents({ trial: { id: 'lost', model: 'openai/a', task: 'count-words', repeat: 2 }, outcome: failed }),
  ]
  writeRunFolder(dir, trials)
  const loaded = await loadDocument(dir)
  const run = await loadComparableRun(dir)
  if (!loaded.ok || !run.ok) throw new Error('the run cannot be read')
  const compared = compareRuns([run.value])
  const { comparison: ofViewer } = await compareRun(dir)
  if (!compared.ok || ofViewer.kind !== 'compared') throw new Error('the run cannot be compared')
  truth = compared.value
  const view = { isByModel: true, isByStratum: true }
  documents['report.html'] = renderHtml(loaded.value, await chartDrawer())
  documents['report.md'] = renderMarkdown(loaded.value)
  documents['report in a terminal'] = renderTerminal(loaded.value)
  documents['compare in a terminal'] = renderComparisonTerminal(truth, view)
  documents['compare.md'] = renderComparisonMarkdown(truth, view)
  documents['compare.json'] = comparisonJson(truth)
  documents['contrasts.csv'] = [...contrastsCsv(truth)].join('')
  documents['results.json'] = [...resultsJson(loaded.value)].join('')
  const runView = { run: { folder: 'run' }, rows: [], comparison: ofViewer } as unknown as RunView
  documents['viewer comparison'] = comparisonPage(runView, { isCopy: false } as never)
  rmSync(root, { recursive: true })
}, 60_000)

/** A scope's name at the start of a heading. */
const scopeOf: ScopeOf = heading =>
  truth.scopes.map(({ name }) => name).find(name => heading === name || heading.startsWith(`${name} (`))

function rowsOf(docs: Documents): [name: keyof Documents, rows: TableRow[]][] {
  return [
    ['report.html', htmlRows(docs['report.html'], scopeOf)],
    ['report.md', markdownRows(docs['report.md'], scopeOf)],
    ['report in a terminal', terminalRows(docs['report in a terminal'], scopeOf)],
    ['compare in a terminal', terminalRows(docs['compare in a terminal'], scopeOf)],
    ['compare.md', markdownRows(docs['compare.md'], scopeOf)],
    ['viewer comparison', htmlRows(docs['viewer comparison'], scopeOf)],
  ]
}

/** A contrast in the words of a table. Quantities that a document does not show are not asked for. */
function wordsOf(result: ContrastResult, floors: Comparison['scopes'][number]['noiseFloor']): Record<string, string> {
  const floor = floors.find(({ metric }) => metric === result.metric)
  const maybe = (p: number | undefined) => (p === undefined ? DASH : pText(p))
  return {
    Tasks: String(result.tasks),
    [QUANTITY.value]: estimateText(result) ?? DASH,
    [QUANTITY.p]: maybe(result.p),
    [QUANTITY.adjustedP]: maybe(result.adjustedP),
    [QUANTITY.detectable]: detectableText(result) ?? DASH,
    [QUANTITY.noise]: result.kind === 'interaction' ? DASH : noiseText(floor),
    [QUANTITY.verdict]: verdictText(result),
  }
}

/** Long names are cut in a terminal. */
const cut = (text: string) => plainLine(text, 48)

function contrastProblems(name: string, rows: readonly TableRow[]): string[] {
  const known = new Map<string, Record<string, string>>()
  for (const { name: scope, contrasts, strata, noiseFloor } of truth.scopes) {
    const add = (result: ContrastResult, label: string, floors: typeof noiseFloor) =>
      known.set([scope, cut(label), compareMetric(result.metric)?.label].join('/'), wordsOf(result, floors))
    for (const result of contrasts) add(result, contrastName(result), noiseFloor)
    for (const { stratum, contrasts: own } of strata)
      for (const result of own) add(result, contrastName({ ...result, contrast: `${stratum}: ${result.contrast}` }), [])
  }
  const shown = rows.filter(({ cells, scope }) => scope !== '' && cells.has('Contrast') && cells.has(QUANTITY.value))
  if (shown.length === 0) return [`${name}: no contrast was found`]
  return shown.flatMap(({ scope, cells }) => {
    const key = [scope, cut(cells.get('Contrast') ?? ''), cells.get('Metric')].join('/')
    const words = known.get(key)
    if (words === undefined) return [`${name}: ${key}: not in compare.json`]
    return Object.entries(words).flatMap(([quantity, expected]) => {
      const text = cells.get(quantity)
      return text === undefined || text === expected ? [] : [`${name}: ${key}: ${quantity} is ${text}, not ${expected}`]
    })
  })
}

/** The decision of each player shows the figures of the primary contrast. */
function decisionProblems(docs: Documents): string[] {
  const byPlayer = (rows: TableRow[]) =>
    rows
      .filter(({ cells }) => cells.has('Player') && cells.has('Primary contrast'))
      .map(row => ({ ...row, scope: scopeOf(row.cells.get('Player') ?? '') ?? '' }))
  const shown: [string, TableRow[]][] = [
    ['report.html', cardRows(docs['report.html'], scopeOf)],
    ['report.md', byPlayer(markdownRows(docs['report.md'], scopeOf))],
    ['report in a terminal', byPlayer(terminalRows(docs['report in a terminal'], scopeOf))],
  ]
  return shown.flatMap(([name, rows]) => {
    const problems = rows.length === truth.scopes.length ? [] : [`${name}: ${rows.length} decisions`]
    for (const { scope, cells } of rows) {
      const own = truth.scopes.find(each => each.name === scope)
      const primary = own?.contrasts.find(({ role }) => role === 'primary')
      const words = own && primary ? wordsOf(primary, own.noiseFloor) : {}
      for (const quantity of [
        QUANTITY.value,
        QUANTITY.adjustedP,
        QUANTITY.detectable,
        QUANTITY.noise,
        QUANTITY.verdict,
      ]) {
        const text = cells.get(quantity)
        if (text !== words[quantity])
          problems.push(`${name}: decision of ${scope}: ${quantity} is ${text}, not ${words[quantity]}`)
      }
    }
    return problems
  })
}

/** Titles that look like a quantity of a contrast, but are not its name. */
function nameProblems(name: string, rows: readonly TableRow[]): string[] {
  const titles = new Set(rows.flatMap(({ cells }) => [...cells.keys()]))
  const names = new Set<string>(Object.values(QUANTITY))
  const looksLike = /estimate|effect|^difference|^adj|^p$|p.value|verdict|detect|noise|lost|word/i
  const others = ['Difference or ratio of the halves', 'Partial effects']
  return [...titles]
    .filter(title => looksLike.test(title) && !names.has(title) && !others.includes(title))
    .map(title => `${name}: a column "${title}"`)
}

/** What is said of an arm, over all documents: one value for each title. */
function armProblems(all: readonly [string, readonly TableRow[]][], results: Results): string[] {
  const first = new Map<string, string>()
  const facts = new Map<string, string>()
  for (const { name, arms } of results.scopes)
    for (const { label, means, scored, limited } of arms) {
      facts.set(`${name}/${label}/Turns`, meanText(means.turns?.mean))
      facts.set(`${name}/${label}/Tool calls`, meanText(means.toolCalls?.mean))
      facts.set(`${name}/${label}/Input tokens`, amountText(means.inputTokens?.mean))
      facts.set(`${name}/${label}/Output tokens`, amountText(means.outputTokens?.mean))
      facts.set(`${name}/${label}/Working time`, durationText(means.workingMs?.mean))
      facts.set(`${name}/${label}/Scored`, String(scored))
      facts.set(`${name}/${label}/Limited`, String(limited))
    }
  const problems: string[] = []
  for (const [name, rows] of all)
    for (const { scope, table, cells } of rows) {
      const arm = cells.get('Arm')
      if (scope === '' || arm === undefined || cells.has('Stratum') || /1,000|^Over the turns|^By stratum/.test(table))
        continue
      for (const [title, text] of cells) {
        if (title === '' || title === 'Arm' || /^p95|^which|^for$|^per trial$|^Metric$/.test(title)) continue
        const value = text.replace(/^≈/, '').replace(/ \(.*\)$/, '')
        const key = `${scope}/${arm}/${title}`
        const expected = facts.get(key) ?? first.get(key) ?? value
        if (value !== expected) problems.push(`${name}: ${table}: ${key} is ${value}, not ${expected}`)
        first.set(key, expected)
      }
    }
  return first.size < 20 ? [...problems, 'too few arms were found'] : problems
}

interface Results {
  scopes: {
    name: string
    arms: { label: string; scored: number; limited: number; means: Record<string, { mean: number } | undefined> }[]
    differences: { factor: string; level: string; baseline: string; metric: string; value: number; tasks: number }[]
  }[]
}

function dataProblems(docs: Documents): string[] {
  const results: Results = JSON.parse(docs['results.json'])
  const json: Comparison = JSON.parse(docs['compare.json'])
  const problems: string[] = []
  if (JSON.stringify(json.scopes) !== JSON.stringify(truth.scopes)) problems.push('compare.json: other figures')
  for (const { name, differences } of results.scopes) {
    const contrasts = truth.scopes.find(scope => scope.name === name)?.contrasts ?? []
    for (const row of differences) {
      const own = contrasts.filter(each => each.metric === row.metric && each.other === row.level)
      const same = own.find(
        each => each.baseline === row.baseline && each.factor === row.factor && each.kind !== 'simple',
      )
      if (same?.estimate !== row.value || same.tasks !== row.tasks)
        problems.push(`results.json: ${name}: ${row.metric} of ${row.level} is ${row.value}, not ${same?.estimate}`)
    }
    if (differences.length < 10) problems.push('results.json: too few differences')
  }
  const [head, ...lines] = (parseCsv(docs['contrasts.csv']) ?? []).map(({ cells }) => cells)
  const all = truth.scopes.flatMap(scope => [...scope.contrasts, ...scope.strata.flatMap(each => each.contrasts)])
  if (lines.length !== all.length) problems.push(`contrasts.csv: ${lines.length} rows, not ${all.length}`)
  for (const [index, line] of lines.entries()) {
    const result = all[index] as ContrastResult
    const expected: Record<string, string | number | undefined> = {
      ...{ estimate: result.estimate, lower_95: result.interval?.lower, upper_95: result.interval?.upper },
      ...{
        p: result.p,
        p_adjusted: result.adjustedP,
        verdict: verdictToken(result),
        sentence: result.verdict.sentence,
      },
    }
    for (const [column, value] of Object.entries(expected)) {
      const text = line[head?.indexOf(column) ?? -1]
      const wanted = typeof value === 'number' ? String(Number(value.toPrecision(10))) : (value ?? '')
      if (text?.replace(/^'(?=-)/, '') !== wanted)
        problems.push(`contrasts.csv: ${result.id}: ${column} is ${text}, not ${wanted}`)
    }
  }
  return problems
}

/** The sentence of a verdict is the same wherever one is shown. */
function sentenceProblems(docs: Documents): string[] {
  const plain = (text: string) =>
    text
      .replace(/<[^>]*>|\\/g, '')
      .replace(/&lt;/g, '<')
      .replace(/&gt;/g, '>')
      .replace(/\s+/g, ' ')
  const primary = truth.scopes.flatMap(({ contrasts }) => contrasts.filter(({ role }) => role === 'primary'))
  const shownIn = ['report.html', 'report.md', 'compare in a terminal', 'compare.md', 'viewer comparison'] as const
  return shownIn.flatMap(name =>
    primary.flatMap(({ verdict }) =>
      plain(docs[name]).includes(verdict.sentence) ? [] : [`${name}: no "${verdict.sentence}"`],
    ),
  )
}

function problemsOf(docs: Documents): string[] {
  const all = rowsOf(docs)
  return [
    ...all.flatMap(([name, rows]) => [...contrastProblems(name, rows), ...nameProblems(name, rows)]),
    ...armProblems(all, JSON.parse(docs['results.json'])),
    ...decisionProblems(docs),
    ...dataProblems(docs),
    ...sentenceProblems(docs),
  ]
}

describe('every document of a run', () => {
  test('has one value and one name for each quantity', () => {
    expect(problemsOf(documents)).toEqual([])
  })

  test.each<[name: keyof Documents, from: RegExp, to: string]>([
    ['report.html', /<dd>([^<]*\[)/, '<dd>9$1'],
    ['report.html', /<span class="value">(×0\.\d)(\d)/, '<span class="value">$19$2'],
    ['report.html', />Adjusted p</, '>Adj. p<'],
    ['report.md', /\| (×0\.\d)(\d)/, '| $19$2'],
    ['report in a terminal', /^(script-tool · off +\d+\/.* )(\d)(\.\d )/m, '$19$3'],
    ['report in a terminal', /^(openai\/a .*\] +)\S+/m, '$10.777'],
    ['report in a terminal', /(composition: script-tool.*)(×0\.\d)(\d)/, '$1$29$3'],
    ['compare in a terminal', /( Verdict)$/m, ' Word   '],
    ['compare in a terminal', /( )(better|inconclusive|none \(\w[^)]*\))$/m, '$1worse'],
    ['compare.md', /\| Difference or ratio /, '| Estimate '],
    ['compare.json', /("estimate": -?[\d.]*?)(\d)(\d,)/, '$10$3'],
    ['contrasts.csv', /(,0\.\d{4})(\d)(\d*,0\.)/, '$1$2$25$3'],
    ['results.json', /("value": -?\d+\.\d{3})/, '$15'],
    ['viewer comparison', /(<td class="end figure">.*?<\/svg>×0\.\d)(\d)/, '$19$2'],
  ])('%s with %s changed is found', (name, from, to) => {
    const altered = documents[name].replace(from, to)
    expect(altered).not.toBe(documents[name])
    expect(problemsOf({ ...documents, [name]: altered })).not.toEqual([])
  })
})
