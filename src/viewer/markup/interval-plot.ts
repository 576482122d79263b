import type { Visual } from '../../base/table.ts'
import { html, type Markup } from '../../report/formats/html/markup.ts'

const WIDTH = 160
const HEIGHT = 14
/** What lies outside is drawn at the edge: half the tasks, or a factor of four. */
const DIFFERENCE_MAX = 0.5
const LOG_RATIO_MAX = Math.log(4)

type Interval = Extract<Visual, { kind: 'interval' }>

/** An interval around no difference. It repeats what the text next to it says, so readers by ear skip it. */
export function intervalPlot({ value: middleValue, lower: lowest, upper: highest, scale }: Interval): Markup {
  const place = (value: number) => {
    const share = scale === 'ratio' ? Math.log(Math.max(value, 1e-9)) / LOG_RATIO_MAX : value / DIFFERENCE_MAX
    return Math.round((Math.min(1, Math.max(-1, share)) * 0.5 + 0.5) * (WIDTH - 8) * 10) / 10 + 4
  }
  const [lower, middle, upper] = [place(lowest), place(middleValue), place(highest)]
  return html`<svg class="interval" width="${WIDTH}" height="${HEIGHT}" aria-hidden="true"><line class="none" x1="${WIDTH / 2}" x2="${WIDTH / 2}" y1="0" y2="${HEIGHT}"/><line class="span" x1="${lower}" x2="${upper}" y1="7" y2="7"/><circle cx="${middle}" cy="7" r="3.5"/></svg>`
}
