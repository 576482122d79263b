import { type ContrastFamily, contrastFamilies } from '../../charts/contrast-forest.ts'
import { forestChart } from '../../charts/forest-chart.ts'
import { slopePictureOf } from '../../charts/pictures.ts'
import { slopeChart } from '../../charts/slope-chart.ts'
import { contrastTable } from '../../tables/contrast-table.ts'
import { flipTable } from '../../tables/flip-table.ts'
import { noiseTable } from '../../tables/noise-table.ts'
import { reliabilityTable } from '../../tables/reliability-table.ts'
import { slopeTable } from '../../tables/slope-table.ts'
import { html, type Markup } from './markup.ts'
import { tableMarkup } from './table-markup.ts'
import type { TopicContext } from './topic-context.ts'

/** Forest plots of all contrasts by families of metrics, strata, and the effect by calls per look. */
export function contrastTopics(context: TopicContext): Markup[] {
  const { view, idPrefix, draw } = context
  const { compared } = view
  if (compared === undefined)
    return [html`<p class="missing">Contrasts: unknown, since this run has nothing to compare them with.</p>\n`]
  const families = contrastFamilies(compared)
  if (families.length === 0)
    return [html`<p class="missing">Contrasts: unknown, since no task has a figure in two arms.</p>\n`]
  return [
    ...families.map((family, index) => familyMarkup(family, context, index === 0)),
    ...strataMarkup(context),
    ...slopesMarkup({ view, idPrefix, draw }),
  ]
}

/** How to read it stands under the first of them. */
function familyMarkup(
  { id, title, contrasts, forest, leftOut }: ContrastFamily,
  context: TopicContext,
  isFirst: boolean,
): Markup {
  const { view, idPrefix, draw } = context
  const noiseFloor = view.compared?.noiseFloor ?? []
  const table = contrastTable({ id, title: `Contrasts: ${title.toLowerCase()}`, contrasts, scope: { noiseFloor } })
  const band = noiseFloor.some(({ halfWidth }) => halfWidth !== undefined)
    ? ['Grey bands are the noise floor.']
    : ['The noise floor is unknown: it takes repeats.']
  const more = leftOut > 0 ? [`${leftOut} more contrasts have no line here; see contrasts.csv.`] : []
  const reading = 'Filled squares are verdicts, hollow circles are none; an arrow marks an interval that goes on.'
  const notes = [...more, ...(isFirst ? [[reading, ...band].join(' '), ...table.notes] : [])]
  return tableMarkup({ ...table, notes }, { idPrefix, pictures: [draw(forestChart(forest))], isFolded: true })
}

/** The same contrasts apart by stratum, as figures only: few strata have the tasks for a word. */
function strataMarkup({ view, idPrefix }: TopicContext): Markup[] {
  const { compared } = view
  const contrasts = (compared?.strata ?? []).flatMap(({ stratum, contrasts }) =>
    contrasts
      .filter(({ estimate }) => estimate !== undefined)
      .map(each => ({ ...each, contrast: `${stratum}: ${each.contrast}` })),
  )
  if (contrasts.length === 0) return []
  const table = contrastTable({ id: 'strata', title: 'Contrasts by stratum', contrasts, scope: { noiseFloor: [] } })
  const notes = ['A stratum of fewer than 20 tasks gets no verdict.', ...table.notes]
  return [tableMarkup({ ...table, notes }, { idPrefix, isFolded: true })]
}

function slopesMarkup({ view, idPrefix, draw }: TopicContext): Markup[] {
  const { compared } = view
  if (compared === undefined || compared.slopes.length === 0) return []
  const first = view.decision?.primary?.contrast ?? compared.slopes[0]?.contrast
  const own = compared.slopes.filter(({ contrast }) => contrast === first)
  const drawn = own.flatMap(slope => slopePictureOf(slope) ?? [])
  const charts = drawn.map(slope => draw(slopeChart(slope)))
  const pictures = charts.length === 0 ? [] : [html`<div class="pair-of-charts">${charts}</div>\n`]
  return [tableMarkup(slopeTable(compared), { idPrefix, pictures })]
}

/** How often an arm solves a task again, and which tasks it broke or mended. */
export function reliabilityTopics({ view, idPrefix }: TopicContext): Markup[] {
  if (view.compared === undefined) return []
  const tables = [reliabilityTable(view.compared), flipTable(view.compared.flips)]
  return tables.filter(({ rows }) => rows.length > 0).map(table => tableMarkup(table, { idPrefix }))
}

export function noiseTopics({ view, idPrefix }: TopicContext): Markup[] {
  return view.compared === undefined ? [] : [tableMarkup(noiseTable(view.compared), { idPrefix })]
}
