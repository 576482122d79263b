import { plainLine } from '../../../base/plain-text.ts'
import type { FailureExample } from '../../document/details/details.ts'
import { html, type Markup } from './markup.ts'

const KINDS = { script: 'failed script', protocol: 'unreadable reply', tool: 'failed call' } as const

/** Failures as they happened, with the line of the script. */
export function galleryMarkup(examples: readonly FailureExample[]): Markup {
  return html`<div class="figures">\n${examples.map(figureOf)}</div>\n`
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
