import { html, type Markup } from '../../report/formats/html/markup.ts'

interface Fold {
  title: Markup | string
  /** Facts next to the title. */
  about?: string
  id?: string
  className?: string
  isOpen?: boolean
}

/** A part of a page that opens on demand. */
export function fold(
  { title, about, id, className = '', isOpen = false }: Fold,
  content: Markup | readonly Markup[],
): Markup {
  const facts = about === undefined ? undefined : html` <span class="about">${about}</span>`
  const idAttribute = id === undefined ? undefined : html` id="${id}"`
  const open = isOpen ? html` open` : undefined
  return html`<details class="fold ${className}"${idAttribute}${open}><summary>${title}${facts}</summary><div class="body">${content}</div></details>\n`
}
