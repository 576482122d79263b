import { html } from '../../report/formats/html/markup.ts'
import { type Crumb, layout, type PageRules } from './layout.ts'

interface Problem {
  title: string
  text: string
  root: string
  crumbs: Crumb[]
}

/** Says what cannot be shown, and why. */
export function problemPage({ title, text, root, crumbs }: Problem, rules: PageRules): string {
  const body = html`<h1>${title}</h1>
<div class="notice danger"><p>${text}</p></div>
`
  return layout({ title, root, crumbs, body, kind: 'problem' }, rules)
}
