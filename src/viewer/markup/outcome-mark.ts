import { html, type Markup } from '../../report/formats/html/markup.ts'
import type { RowOutcome } from '../library/trial-row.ts'

const SIGNS: Record<RowOutcome, string> = {
  solved: '✓',
  unsolved: '✗',
  limited: '⊘',
  failed: '!',
  cancelled: '–',
  running: '…',
  interrupted: '–',
}

/** An outcome as a sign and a word: never by colour alone. */
export function outcomeMark(outcome: RowOutcome): Markup {
  return html`<span class="outcome ${outcome}"><span aria-hidden="true">${SIGNS[outcome]}</span> ${outcome}</span>`
}
