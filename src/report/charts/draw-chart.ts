import { html, type Markup, trusted } from '../formats/html/markup.ts'
import type { Axis, Chart, Panel } from './chart.ts'
import { COLOUR, type Shape } from './shapes.ts'

/** Draws charts as SVG: the same chart gives the same bytes. */
export type DrawChart = (chart: Chart) => Markup

/** Loads the chart library, which only pages with pictures have to pay for. */
export async function chartDrawer(): Promise<DrawChart> {
  const { init } = await import('echarts/dist/echarts.esm.min.mjs')
  return chart => {
    const { width, height } = chart
    const drawing = init(null, null, { renderer: 'svg', ssr: true, width, height })
    try {
      drawing.setOption(optionOf(chart))
      const svg = plainSvg(drawing.renderToSVGString())
      return html`<div class="chart" tabindex="0" role="group" aria-label="chart"><svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${chart.label}">${trusted(svg)}</svg></div>\n`
    } finally {
      drawing.dispose()
    }
  }
}

interface SeriesApi {
  coord(point: readonly [number, number]): [number, number]
}

function optionOf({ panels, shapes = [] }: Chart): object {
  const free = { type: 'custom', coordinateSystem: 'none', ...STILL, data: [0], renderItem: () => group(shapes) }
  return {
    animation: false,
    textStyle: { fontFamily: 'inherit' },
    grid: panels.map(({ left, top, width, height }) => ({ left, top, width, height, containLabel: false })),
    xAxis: panels.map((panel, index) => axisOf(panel.x, index, 'x')),
    yAxis: panels.map((panel, index) => axisOf(panel.y, index, 'y')),
    series: [...panels.map(seriesOf), ...(shapes.length > 0 ? [free] : [])],
  }
}

const STILL = { silent: true, clip: false, animation: false }

function seriesOf({ draw }: Panel, index: number): object {
  const renderItem = (_: unknown, api: SeriesApi) => group(draw((x, y) => api.coord([x, y])))
  return { type: 'custom', xAxisIndex: index, yAxisIndex: index, ...STILL, data: [[0, 0]], renderItem }
}

function group(children: Shape[]): object {
  return { type: 'group', silent: true, children }
}

function axisOf({ min, max, ticks, hasGridLines, title }: Axis, gridIndex: number, side: 'x' | 'y'): object {
  const values = ticks?.map(({ at }) => at) ?? []
  const words = new Map(ticks?.map(({ at, text }) => [at, text]))
  const shown = ticks !== undefined
  return {
    type: 'value',
    ...{ gridIndex, min, max, silent: true, animation: false, name: title ?? '' },
    ...(side === 'x'
      ? { nameLocation: 'middle', nameGap: 26 }
      : { nameLocation: 'end', nameGap: 12, nameTextStyle: { align: 'left', padding: [0, 0, 0, -34] } }),
    nameTextStyle: { color: COLOUR.soft, fontSize: 12, fontFamily: 'inherit', ...(side === 'y' && { align: 'left' }) },
    axisLine: { show: shown && side === 'x', lineStyle: { color: COLOUR.strong }, onZero: false },
    axisTick: { show: shown && side === 'x', customValues: values, length: 4 },
    axisLabel: {
      ...{ show: shown, customValues: values, color: COLOUR.soft, fontSize: 11, fontFamily: 'inherit' },
      ...{ hideOverlap: false, showMinLabel: true, showMaxLabel: true },
      formatter: (value: number) => words.get(value) ?? '',
    },
    splitLine: { show: hasGridLines === true, customValues: values, lineStyle: { color: COLOUR.line } },
  }
}

const NOISE = / (?:class="zr[^"]*"|ecmeta_[a-z_]+="[^"]*"|pointer-events="visible"|xml:space="preserve")/g

/**
 * The inside of the library's SVG without what it adds for pages with scripts. Its class names count charts since the
 * process began, so they would differ between two equal pages.
 */
function plainSvg(svg: string): string {
  const inside = svg.slice(svg.indexOf('>') + 1, svg.lastIndexOf('</svg>'))
  return inside
    .replace(/<style >[\s\S]*?<\/style>/g, '')
    .replace(/<[^>]*>/g, tag => tag.replace(NOISE, ''))
    .replace(/<rect [^>]*fill="none"><\/rect>/, '')
    .replace(/\n+/g, '\n')
    .trim()
}
