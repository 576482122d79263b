import type { Visual } from '../../../base/table.ts'
import { html, type Markup } from './markup.ts'

const WIDTH = 84
const PARTS_WIDTH = 160
const HEIGHT = 8

/** The drawing next to a cell's text. It repeats what the text says, so readers by ear skip it. */
export function visualMarkup(visual: Visual): Markup | undefined {
  switch (visual.kind) {
    case 'share':
      return shareBar(visual.share)
    case 'parts':
      return partsBar(visual.shares)
    case 'heat':
    case 'interval':
      return undefined
  }
}

function shareBar(share: number): Markup {
  const filled = rounded(share * WIDTH)
  return html`<svg class="bar" width="${WIDTH}" height="${HEIGHT}" aria-hidden="true"><rect class="track" width="${WIDTH}" height="${HEIGHT}" rx="2"/><rect class="fill" width="${filled}" height="${HEIGHT}" rx="2"/></svg>`
}

/** Parts can overlap in time and then add up to more than the whole; the bar shows them in proportion. */
function partsBar(shares: readonly number[]): Markup {
  const total = Math.max(
    1,
    shares.reduce((sum, share) => sum + share, 0),
  )
  let x = 0
  const rects = shares.map((share, index) => {
    const width = (share / total) * PARTS_WIDTH
    const rect = html`<rect class="part-${index}" x="${rounded(x)}" width="${rounded(width)}" height="12"/>`
    x += width
    return rect
  })
  return html`<svg class="parts" width="${PARTS_WIDTH}" height="12" aria-hidden="true"><rect class="track" width="${PARTS_WIDTH}" height="12" rx="2"/>${rects}</svg>`
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}
