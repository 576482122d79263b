import { grouped } from '../../../base/number-text.ts'
import type { Table } from '../../../base/table.ts'
import type { Chart } from '../../charts/chart.ts'
import { ARMS_DRAWN_MAX, planeOf, spreadsOf, TOKEN_PARTS, tokenStack, turnLinesOf } from '../../charts/pictures.ts'
import { planeChart } from '../../charts/plane-chart.ts'
import { PART_COLOURS } from '../../charts/shapes.ts'
import { spreadChart } from '../../charts/spread-chart.ts'
import { stackChart } from '../../charts/stack-chart.ts'
import { turnsChart } from '../../charts/turns-chart.ts'
import { spreadTable } from '../../tables/spread-table.ts'
import { tokenTable } from '../../tables/token-table.ts'
import { turnTable } from '../../tables/turn-table.ts'
import { html, type Markup } from './markup.ts'
import { tableMarkup } from './table-markup.ts'
import type { TopicContext } from './topic-context.ts'

/** What an arm solves against what it takes. */
export function planeTopics({ view, idPrefix, draw }: TopicContext): Markup[] {
  const plane = planeOf(view)
  if (plane === undefined) return []
  const id = `${idPrefix}-plane`
  const models = view.details.unpricedModels
  const why = models.length === 0 ? 'a price or a bucket of tokens is missing' : `no prices for ${models.join(', ')}`
  const missing =
    plane.unit === 'usd'
      ? undefined
      : html`<p class="missing">Costs: unknown, ${why}; tokens stand in their place.</p>\n`
  return [
    html`<section class="table" aria-labelledby="${id}">
<h3 id="${id}">Cost and accuracy</h3>
${missing}${draw(planeChart(plane))}<p class="note">Filled: on the Pareto front, no other arm solves as much for less. Vertical lines are Wilson’s 95 % intervals of the share solved, trials taken as independent. The table “Arms” has the figures.</p>
</section>
`,
  ]
}

export function tokenTopics(context: TopicContext): Markup[] {
  const stack = tokenStack(context.view)
  const table = tokenTable(context.view.scope)
  const notes = [
    'Picture: tool definitions go out with every request, so their estimated size counts once a turn; so do reinjected prompts. Other input is the rest of what was sent: preamble, conversation, observations.',
    ...table.notes,
  ]
  return pictured({ ...table, notes }, context, stack && { chart: stackChart(stack), legend: TOKEN_PARTS })
}

export function spreadTopics(context: TopicContext): Markup[] {
  const spreads = spreadsOf(context.view)
  const table = spreadTable(context.view)
  const notes = ['Picture: 5th to 95th percentile, the middle half, the median.', ...table.notes]
  return pictured({ ...table, notes }, context, spreads && { chart: spreadChart(spreads) })
}

export function turnTopics(context: TopicContext): Markup[] {
  const lines = turnLinesOf(context.view)
  const legend = context.view.details.arms.slice(0, ARMS_DRAWN_MAX).map(({ label }) => label)
  return pictured(turnTable(context.view), context, lines && { chart: turnsChart(lines), legend })
}

/** A table under its picture; how many arms the picture leaves out is said. */
function pictured(
  table: Table,
  { view, idPrefix, draw }: TopicContext,
  picture: { chart: Chart; legend?: readonly string[] } | undefined,
): Markup[] {
  if (table.rows.length === 0) return []
  const rest = view.scope.arms.length - ARMS_DRAWN_MAX
  const left = picture === undefined || rest <= 0 ? [] : [`The picture leaves out ${grouped(rest)} arms.`]
  const legend = picture?.legend?.map((name, index) => {
    const dashed = index >= 4 && picture.legend !== TOKEN_PARTS ? ` dash-${Math.floor(index / 4) % 3}` : ''
    return html`<li><i class="part-${index % PART_COLOURS}${dashed}"></i>${name}</li>`
  })
  const list = legend && html`<ul class="legend">${legend}</ul>\n`
  const pictures = picture === undefined ? [] : [...(list ? [list] : []), draw(picture.chart)]
  return [tableMarkup({ ...table, notes: [...left, ...table.notes] }, { idPrefix, pictures })]
}
