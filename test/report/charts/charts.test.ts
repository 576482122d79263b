// Covers: report/charts/contrast-forest.ts, report/charts/draw-chart.ts, report/charts/forest-chart.ts
// Covers: report/charts/plane-chart.ts, report/charts/scale.ts, report/charts/shapes.ts, report/charts/slope-chart.ts
// Covers: report/charts/spread-chart.ts, report/charts/stack-chart.ts, report/charts/turns-chart.ts

import { beforeAll, describe, expect, test } from 'vitest'
import { contrastFamilies } from '../../../src/report/charts/contrast-forest.ts'
import { chartDrawer, type DrawChart } from '../../../src/report/charts/draw-chart.ts'
import { type Forest, forestChart } from '../../../src/report/charts/forest-chart.ts'
import { paretoFront, planeChart } from '../../../src/report/charts/plane-chart.ts'
import { axisFromZero, tickText } from '../../../src/report/charts/scale.ts'
import { slopeChart } from '../../../src/report/charts/slope-chart.ts'
import { spreadChart } from '../../../src/report/charts/spread-chart.ts'
import { stackChart } from '../../../src/report/charts/stack-chart.ts'
import { turnsChart } from '../../../src/report/charts/turns-chart.ts'
import { comparedScope, contrastOf, verdictOf } from '../comparison-parts.ts'

let draw: DrawChart
beforeAll(async () => {
  draw = await chartDrawer()
})

const HOSTILE = '<img src=x onerror=alert(1)> class="zr0-cls-0" {a|b} &amp; "'

const spread = { n: 9, p5: 1, p25: 2, p50: 3, p75: 4, p95: 9 }
const estimate = {
  kind: 'estimate',
  label: HOSTILE,
  estimate: 0.1,
  lower: -3,
  upper: 3,
  noise: 0.02,
  tone: 'good',
  texts: [HOSTILE, '', HOSTILE],
} as const
const forest: Forest = {
  label: HOSTILE,
  scale: 'points',
  better: 'right',
  rows: [{ kind: 'heading', text: HOSTILE }, estimate],
}
const point = { name: HOSTILE, cost: 1, solved: 0.5, lower: 0.2, upper: 0.8 }

const CHARTS = {
  forest: () => forestChart(forest),
  plane: () =>
    planeChart({ label: HOSTILE, costTitle: 'USD', unit: 'usd', points: [point, { ...point, solved: 0.6 }] }),
  stack: () => stackChart({ label: HOSTILE, parts: ['a'], rows: [{ name: HOSTILE, values: [1, 2], total: '3' }] }),
  spread: () =>
    spreadChart({
      label: HOSTILE,
      names: [HOSTILE],
      panels: [
        { title: 'Turns', tickOf: String, rows: [spread] },
        { title: 'Tokens', tickOf: String, rows: [undefined] },
      ],
    }),
  turns: () =>
    turnsChart({
      label: HOSTILE,
      bins: ['1', '2'],
      panels: [
        {
          title: HOSTILE,
          tickOf: String,
          lines: [
            [1, 2],
            [undefined, 3],
          ],
        },
      ],
    }),
  slope: () =>
    slopeChart({
      label: HOSTILE,
      title: HOSTILE,
      points: [
        { x: 0, y: 0 },
        { x: 3, y: -1 },
      ],
      slope: -0.3,
      breakEven: 1,
    }),
}

describe.each(Object.entries(CHARTS))('the %s chart', (_name, chart) => {
  test('has the same bytes each time it is drawn', () => {
    expect(draw(chart()).markup).toBe(draw(chart()).markup)
  })

  test('keeps foreign text as text', () => {
    const { markup } = draw(chart())
    expect(markup).not.toContain('<img')
    expect(
      markup
        .match(/<(\w+)/g)
        ?.every(tag => /^<(div|svg|g|path|text|tspan|rect|circle|line|polyline|polygon)$/.test(tag)),
    ).toBe(true)
  })

  test('has a label for readers by ear, and no id, style sheet, link or fixed colour', () => {
    const { markup } = draw(chart())
    expect(markup).toMatch(/role="img" aria-label="[^"]+"/)
    const tags = markup.match(/<[^>]*>/g)?.map(tag => tag.replace(/aria-label="[^"]*"/, '')) ?? []
    expect(tags.filter(tag => /\s(id|href|class="zr|on\w+)=?|url\(|<style|ecmeta/.test(tag))).toEqual([])
    expect(tags.filter(tag => /(fill|stroke)="(?!none|var\(--)/.test(tag))).toEqual([])
  })
})

test('a forest’s axis is wide enough for its estimates; a longer interval ends in an arrow', () => {
  const panel = forestChart(forest).panels[0]
  expect(panel?.x).toMatchObject({ min: -1, max: 1 })
  const shapes = panel?.draw((x, y) => [x * 100, y * 100]) ?? []
  expect(shapes.filter(({ type }) => type === 'polygon')).toHaveLength(2)
})

test('a verdict is a filled square, anything else a hollow circle', () => {
  const marks = (['good', 'open'] as const).map(tone => {
    const rows = [{ ...estimate, tone, noise: undefined as never }].map(({ noise: _, ...row }) => row)
    return forestChart({ ...forest, rows })
      .panels[0]?.draw((x, y) => [x, y])
      .at(-1)?.type
  })
  expect(marks).toEqual(['rect', 'circle'])
})

test('contrasts stand in families of metrics, ratios on a logarithmic axis', () => {
  const contrasts = [contrastOf({ verdict: verdictOf('better') }), contrastOf({ metric: 'turns', estimate: 0.5 })]
  const families = contrastFamilies(
    comparedScope({
      contrasts,
      noiseFloor: [{ metric: 'turns', scale: 'ratio', halfWidth: 2, source: 'repeats', tasks: 3 }],
    }),
  )
  expect(families.map(({ id, forest }) => [id, forest().scale])).toEqual([
    ['outcome', 'points'],
    ['work', 'ratio'],
  ])
  expect(families[0]?.forest().rows[1]).toMatchObject({ tone: 'good', estimate: 0.03 })
  expect(families[1]?.forest().rows[1]).toMatchObject({ tone: 'open', estimate: -1, noise: 1 })
})

test('where the player is not a model, no side of a plot is the better one', () => {
  const [family] = contrastFamilies(comparedScope({ isEvidence: false }))
  expect(JSON.stringify(forestChart(family?.forest() as Forest).shapes)).not.toMatch(/better|worse/)
})

test('the Pareto front has the arms that no other arm beats, the cheapest first', () => {
  const at = (name: string, cost: number, solved: number) => ({ ...point, name, cost, solved })
  const front = paretoFront([at('dear', 3, 0.9), at('beaten', 2, 0.4), at('cheap', 1, 0.5), at('equal', 1.5, 0.5)])
  expect(front.map(({ name }) => name)).toEqual(['cheap', 'dear'])
})

test.each([
  [7, ['0', '2', '4', '6', '8']],
  [0, ['0', '0.2', '0.4', '0.6', '0.8', '1']],
  [123_000, ['0', '50000', '100000', '150000']],
])('an axis up to %d has few round ticks', (max, texts) => {
  expect(axisFromZero(max, String).ticks.map(({ text }) => text)).toEqual(texts)
})

test('an axis of time has round minutes', () => {
  const { ticks } = axisFromZero(170_000, tickText.duration, 4)
  expect(ticks.map(({ text }) => text)).toEqual(['0', '1 min', '2 min', '3 min'])
})
