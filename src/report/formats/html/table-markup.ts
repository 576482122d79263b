import { groupBy } from '../../../base/lists.ts'
import type { Cell, Table, TableColumn } from '../../../base/table.ts'
import { html, type Markup } from './markup.ts'
import { visualMarkup } from './visual.ts'

interface TableOptions {
  /** Keeps ids of several scopes apart. */
  idPrefix: string
  heading?: 'h3' | 'h4'
  /** Pictures of the same figures, which then come first. */
  pictures?: readonly Markup[]
  /** The table is behind a word to open. */
  isFolded?: boolean
}

/** A table with its title, legend, pictures and notes. */
export function tableMarkup(
  table: Table,
  { idPrefix, heading = 'h3', pictures = [], isFolded = false }: TableOptions,
): Markup {
  const titleId = `${idPrefix}-${table.id}`
  const title =
    heading === 'h3' ? html`<h3 id="${titleId}">${table.title}</h3>` : html`<h4 id="${titleId}">${table.title}</h4>`
  const grid = table.rows.length === 0 ? undefined : gridMarkup(table, titleId)
  const figures = isFolded ? html`<details><summary>Figures</summary>\n${grid}</details>\n` : grid
  const folded = isFolded && pictures.length === 0 ? ' folded' : ''
  return html`<section class="table table-${table.id}${folded}" aria-labelledby="${titleId}">
${title}
${pictures}${legendMarkup(table.legend)}${figures}${table.notes.map(note => html`<p class="note">${note}</p>\n`)}</section>
`
}

function gridMarkup(table: Table, titleId: string): Markup {
  const bodies = table.isGrouped ? groupBodies(table) : [bodyOf(table.columns, table.rows)]
  const headers = (table.isGrouped ? table.columns.slice(1) : table.columns).map(headerOf)
  return html`<div class="scroll" tabindex="0" role="region" aria-labelledby="${titleId}"><table>
<thead><tr>${headers}</tr></thead>
${bodies}</table></div>
`
}

/** One body a group, under a heading of the whole width in place of the first column. */
function groupBodies({ columns, rows }: Table): Markup[] {
  const groups = groupBy(rows, row => row[0]?.text ?? '')
  const rest = columns.slice(1)
  return [...groups].map(([name, group]) => {
    const heading = html`<tr class="group"><th scope="rowgroup" colspan="${rest.length}">${name}</th></tr>\n`
    const cells = group.map(row => row.slice(1))
    return bodyOf(rest, cells, heading)
  })
}

function bodyOf(columns: readonly TableColumn[], rows: readonly Cell[][], heading?: Markup): Markup {
  const lines = rows.map(row => {
    const cells = row.map((cell, index) => cellMarkup(cell, columns[index] as TableColumn, index === 0))
    return html`<tr>${cells}</tr>\n`
  })
  return html`<tbody>\n${heading}${lines}</tbody>\n`
}

function headerOf({ title, align, hint }: TableColumn): Markup {
  return hint === undefined
    ? html`<th scope="col" class="${align}">${title}</th>`
    : html`<th scope="col" class="${align}" title="${hint}">${title}</th>`
}

function cellMarkup({ text, hint, visual, tone }: Cell, { align }: TableColumn, isHeader: boolean): Markup {
  const drawing = visual === undefined ? undefined : visualMarkup(visual)
  const title = hint === undefined ? undefined : html` title="${hint}"`
  const value = text === '' ? undefined : html`<span class="value"${title}>${text}</span>`
  if (isHeader) return html`<th scope="row" class="${align}">${drawing}${value}</th>`
  if (visual?.kind === 'share') return html`<td class="${align}"><span class="pair">${drawing}${value}</span></td>`
  const classes = tone === undefined ? align : `${align} ${tone}`
  if (visual?.kind !== 'heat') return html`<td class="${classes}">${drawing}${value}</td>`
  const percent = Math.round(visual.share * 100)
  return html`<td class="${classes} heat" style="--share:${percent}%">${value}</td>`
}

function legendMarkup(legend: readonly string[] | undefined): Markup | undefined {
  if (legend === undefined) return undefined
  const items = legend.map((name, index) => html`<li><i class="part-${index}"></i>${name}</li>`)
  return html`<ul class="legend">${items}</ul>\n`
}
