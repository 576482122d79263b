import { html, type Markup } from '../../report/formats/html/markup.ts'
import { shortLine } from '../markup/text-block.ts'

export interface Crumb {
  name: string
  /** Relative to the page; absent for the page itself. */
  href?: string
}

interface Page {
  title: string
  /** From the page to the pages' root: `''`, `../../`, … */
  root: string
  crumbs: Crumb[]
  body: Markup | readonly Markup[]
  /** What the page is, for its style and its keys. */
  kind: 'runs' | 'run' | 'comparison' | 'trial' | 'pair' | 'problem'
  /** Where the page's live updates come from; absent when nothing will change. */
  live?: string
  isWide?: boolean
}

/** From pages of each depth to the pages' root. */
export const ROOTS = {
  run: '../../',
  trial: '../../../',
} as const

/** For copies on a disk, where no server says what a page can load. */
const COPY_POLICY =
  "default-src 'none'; style-src 'self' file:; script-src 'self' file:; img-src 'self' file:; base-uri 'none'; form-action 'none'"

export interface PageRules {
  /** A copy without a server behind it. */
  isCopy: boolean
}

/** A whole page. Style and script are files of their own, so the content policy needs no exception. */
export function layout({ title, root, crumbs, body, kind, live, isWide = false }: Page, { isCopy }: PageRules): string {
  const policy = isCopy ? html`<meta http-equiv="Content-Security-Policy" content="${COPY_POLICY}">\n` : undefined
  const liveFrom = live === undefined || isCopy ? undefined : html` data-live="${live}"`
  const trail = crumbs.map(({ name, href }) =>
    href === undefined
      ? html`<li aria-current="page">${shortLine(name, 100)}</li>`
      : html`<li><a href="${href}">${shortLine(name, 100)}</a></li>`,
  )
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
${policy}<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${shortLine(title, 120)} · scriptbench</title>
<link rel="icon" href="${root}assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${root}assets/viewer.css">
<script src="${root}assets/viewer.js" defer></script>
</head>
<body class="page-${kind}${isWide ? ' wide' : ''}"${liveFrom}>
<a class="skip" href="#main">Skip to the content</a>
<header class="top">
<nav aria-label="Where you are"><ol class="crumbs">${trail}</ol></nav>
<p class="tools"><span id="live-state" role="status"></span><button type="button" id="help-button" aria-haspopup="dialog" hidden>Keys <kbd>?</kbd></button></p>
</header>
<main id="main" tabindex="-1">
${body}</main>
</body>
</html>
`
  return page.markup
}
