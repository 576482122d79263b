import { plainText } from '../../../base/plain-text.ts'

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** HTML made by `html`, in which all text of foreign origin is escaped. */
export interface Markup {
  readonly markup: string
}

type Value = Markup | readonly Markup[] | string | number | undefined

/** A template whose values are escaped, save those that are markup already. */
export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return { markup: String.raw({ raw: strings }, ...values.map(markupOf)) }
}

/** Our own markup, which is safe, such as the style sheet. */
export function trusted(markup: string): Markup {
  return { markup }
}

function markupOf(value: Value): string {
  if (value === undefined) return ''
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value))
  return 'markup' in value ? value.markup : value.map(part => part.markup).join('')
}

function escapeHtml(text: string): string {
  return plainText(text).replace(/[&<>"']/g, character => ENTITIES[character] as string)
}
