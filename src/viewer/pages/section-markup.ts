import type { Cell, TableColumn } from '../../base/table.ts'
import type { Section } from '../../report/document/sections.ts'
import { html, type Markup } from '../../report/formats/html/markup.ts'
import { QUANTITY } from '../../report/judging/quantities.ts'
import { fold } from '../markup/fold.ts'
import { intervalPlot } from '../markup/interval-plot.ts'

interface Place {
  idPrefix: string
  /** The page that shows a task of a contrast in both arms; nothing where there is none. */
  linkOf(contrast: string, task: string): string | undefined
}

/** A section of a comparison as a part of a page: its table with the intervals drawn, folded where the section says so. */
export function sectionMarkup(section: Section, place: Place): Markup {
  const { table, isFolded = false } = section
  const content = contentOf(section, place)
  const id = `${place.idPrefix}-${table.id}`
  if (isFolded)
    return fold(
      { id, title: html`<b>${table.title}</b>`, className: 'contrast', isOpen: table.id !== 'contrasts-strata' },
      content,
    )
  return html`<h3 id="${id}">${table.title}</h3>\n${content}`
}

function contentOf(section: Section, place: Place): Markup[] {
  const { table, missing, sentences } = section
  const notes = table.notes.map(note => html`<p class="about">${note}</p>\n`)
  if (missing !== undefined) return [html`<p class="about">${missing}</p>\n`]
  if (sentences !== undefined) return [html`<ul class="notes">${sentences.map(each => html`<li>${each}</li>`)}</ul>\n`]
  return [tableMarkup(section, place), ...notes]
}

function tableMarkup({ table }: Section, { idPrefix, linkOf }: Place): Markup {
  const shown = table.columns.map((_, index) => table.rows.some(row => row[index]?.text !== ''))
  const heads = table.columns.flatMap(({ title, align }, index) =>
    shown[index] ? [html`<th scope="col" class="${align}">${title}</th>`] : [],
  )
  const rows = table.rows.map(row => {
    const link = table.id === 'flips' ? linkOf(row[0]?.text ?? '', row[1]?.text ?? '') : undefined
    const cells = row.flatMap((cell, index) => {
      const column = table.columns[index] as TableColumn
      return shown[index]
        ? [cellMarkup(cell, column, { isFirst: index === 0, link: index === 1 ? link : undefined })]
        : []
    })
    return html`<tr>${cells}</tr>\n`
  })
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${table.title}, ${idPrefix}"><table class="list contrasts ${table.id}"><thead><tr>${heads}</tr></thead><tbody>
${rows}</tbody></table></div>\n`
}

interface CellPlace {
  isFirst: boolean
  link: string | undefined
}

function cellMarkup(cell: Cell, { align, title }: TableColumn, { isFirst, link }: CellPlace): Markup {
  const { text, hint, visual, tone } = cell
  const isVerdict = title === QUANTITY.verdict
  const word = tone === undefined ? 'word' : `word word-${tone === 'good' ? 'better' : 'worse'}`
  const shown = isVerdict ? html`<span class="${word}" title="${hint ?? text}">${text}</span>` : html`${text}`
  const linked = link === undefined ? shown : html`<a href="${link}">${shown}</a>`
  if (isFirst) return html`<th scope="row">${linked}</th>`
  const plot = visual?.kind === 'interval' ? intervalPlot(visual) : undefined
  return html`<td class="${align}${plot === undefined ? '' : ' figure'}">${plot}${linked}</td>`
}
