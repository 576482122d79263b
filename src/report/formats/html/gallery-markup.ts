import { grouped } from '../../../base/number-text.ts'
import { plainLine } from '../../../base/plain-text.ts'
import type { FailureExample } from '../../document/details/details.ts'
import type { ScopeView } from '../../document/report-document.ts'
import { html, type Markup } from './markup.ts'

const KINDS = { script: 'failed script', protocol: 'unreadable reply', tool: 'failed call' } as const

/** A few failures as they happened, with the line of the script. */
export function galleryMarkup({ details }: ScopeView, idPrefix: string): Markup | undefined {
  const { examples, examplesLeftOut } = details
  if (examples.length === 0) return undefined
  const id = `${idPrefix}-gallery`
  const rest =
    examplesLeftOut === 0 ? '' : ` ${grouped(examplesLeftOut)} more are not shown; scriptbench trial shows each.`
  return html`<section class="table gallery" aria-labelledby="${id}">
<h3 id="${id}">Failures as they happened</h3>
<p class="note">At most two of each class, the first by task and arm.${rest}</p>
<div class="figures">
${examples.map(figureOf)}</div>
</section>
`
}

function figureOf({ kind, class: name, player, task, arm, turn, trial, message, frame }: FailureExample): Markup {
  const code = frame === undefined ? undefined : html`<pre tabindex="0" aria-label="script">${frame}</pre>\n`
  return html`<figure>
<figcaption><strong>${name}</strong> <span>${KINDS[kind]}</span></figcaption>
<p class="message">${message}</p>
${code}<p class="place">${plainLine(player, 80)} · ${plainLine(task, 80)} · ${plainLine(arm, 80)} · turn ${turn} · <code>${plainLine(trial, 20)}</code></p>
</figure>
`
}
