import type { DrawChart } from '../../charts/draw-chart.ts'
import { PART_COLOURS } from '../../charts/shapes.ts'
import type { Picture, Section } from '../../document/sections.ts'
import { galleryMarkup } from './gallery-markup.ts'
import { html, type Markup } from './markup.ts'
import { tableMarkup } from './table-markup.ts'

interface Place {
  /** Keeps ids of several scopes apart. */
  idPrefix: string
  draw: DrawChart
}

/** A section on a page: its pictures first, then its table, then how to read both. */
export function sectionMarkup(section: Section, { idPrefix, draw }: Place): Markup {
  const { table, missing, examples, isFolded = false } = section
  const picture = section.picture?.()
  const lead = missing === undefined ? [] : [html`<p class="missing">${missing}</p>\n`]
  const shown = examples === undefined ? [] : [galleryMarkup(examples)]
  const pictures = [...lead, ...(picture === undefined ? [] : pictureMarkup(picture, draw)), ...shown]
  const notes = [...(picture?.notes ?? []), ...table.notes]
  return tableMarkup({ ...table, notes }, { idPrefix, pictures, isFolded: isFolded && table.rows.length > 0 })
}

function pictureMarkup({ charts, legend, isParts }: Picture, draw: DrawChart): Markup[] {
  const entries = legend?.map((name, index) => {
    const dashed = index >= 4 && isParts !== true ? ` dash-${Math.floor(index / 4) % 3}` : ''
    return html`<li><i class="part-${index % PART_COLOURS}${dashed}"></i>${name}</li>`
  })
  const list = entries === undefined ? [] : [html`<ul class="legend">${entries}</ul>\n`]
  const drawn = charts.map(draw)
  return [...list, ...(drawn.length > 1 ? [html`<div class="pair-of-charts">${drawn}</div>\n`] : drawn)]
}
