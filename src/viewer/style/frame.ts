/** What all pages share. */
export const FRAME = `
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 60px; }
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: auto; } }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 14px/1.5 ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Liberation Sans", sans-serif;
  font-variant-numeric: tabular-nums; overflow-wrap: anywhere;
}
code, pre, kbd { font: 12.5px/1.55 ui-monospace, "SF Mono", SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; font-variant-ligatures: none; }
a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: 2.5px; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
main:focus-visible { outline: none; }
.skip { position: absolute; left: -9999px; }
.skip:focus { left: 12px; top: 8px; z-index: 9; padding: 6px 12px; background: var(--card); }
.unheard { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
header.top { position: sticky; top: 0; z-index: 4; display: flex; justify-content: space-between; align-items: center; gap: 16px; padding: 0 28px; min-height: 44px; background: var(--paper); border-bottom: 1px solid var(--line); }
.crumbs { display: flex; flex-wrap: wrap; margin: 0; padding: 6px 0; list-style: none; font-size: 13px; }
.crumbs li + li::before { content: "/"; margin: 0 8px; color: var(--soft); }
.crumbs a { text-decoration: none; }
.crumbs a:hover { text-decoration: underline; }
.crumbs li:first-child a, .crumbs li:first-child:last-child { font-weight: 640; }
.tools { display: flex; gap: 14px; align-items: center; margin: 0; color: var(--soft); font-size: 13px; white-space: nowrap; }
#live-state:not(:empty)::before { content: ""; display: inline-block; width: 8px; height: 8px; margin-right: 7px; border-radius: 50%; background: var(--good); }
main { max-width: 1180px; padding: 24px 28px 80px; }
.wide main { max-width: none; }
h1 { margin: 0 0 2px; font-size: 26px; line-height: 1.2; font-weight: 660; letter-spacing: -.015em; }
h2 { margin: 34px 0 8px; font-size: 18px; line-height: 1.3; font-weight: 650; letter-spacing: -.01em; }
h3 { margin: 0; font-size: 15px; font-weight: 640; }
h4 { margin: 0 0 6px; font-size: 13.5px; font-weight: 600; }
.lead { margin: 0 0 16px; color: var(--soft); }
.note, .missing, .carried { margin: 4px 0; color: var(--soft); font-size: 13px; }
.missing { font-style: italic; }
.about { color: var(--soft); font-weight: 400; font-size: 12.5px; letter-spacing: 0; }
.good { color: var(--good); } .bad { color: var(--bad); } .warn { color: var(--warn); }
.notice { margin: 12px 0; padding: 9px 16px; border-left: 4px solid var(--warn-line); border-radius: 2px; background: var(--warn-soft); color: var(--warn); max-width: 1000px; }
.notice.danger { border-color: var(--bad-line); background: var(--bad-soft); color: var(--bad); }
.notice p { margin: 0; }
.chip, .state, .word { display: inline-block; padding: 0 8px; border: 1px solid var(--line-strong); border-radius: 9px; color: var(--soft); font-size: 12px; font-weight: 500; line-height: 18px; letter-spacing: 0; white-space: nowrap; }
.chip.bad { border-color: var(--bad-line); color: var(--bad); }
.state.going-on { border-color: var(--accent); color: var(--accent); }
.state.complete { border-color: var(--good); color: var(--good); }
.word { color: var(--ink); font-weight: 600; }
.word-better { border-color: var(--good); background: var(--good-soft); color: var(--good); }
.word-worse { border-color: var(--bad-line); background: var(--bad-soft); color: var(--bad); }
button { padding: 3px 11px; border: 1px solid var(--line-strong); border-radius: 5px; background: var(--card); color: var(--ink); font: inherit; font-size: 13px; cursor: pointer; }
button:disabled { color: var(--soft); cursor: default; background: none; }
kbd { padding: 0 5px; border: 1px solid var(--line-strong); border-radius: 4px; background: var(--sunk); font-size: 11.5px; }
dialog { max-width: 460px; padding: 22px 26px; border: 1px solid var(--line-strong); border-radius: 8px; background: var(--card); color: var(--ink); }
dialog::backdrop { background: rgb(0 0 0 / .4); }
dialog h2 { margin: 0 0 10px; }
dialog dl { display: grid; grid-template-columns: max-content 1fr; gap: 6px 16px; margin: 0 0 18px; }
dialog dd { margin: 0; }
.unseen { padding: 0 1px; border-radius: 2px; background: var(--unseen-soft); color: var(--unseen); font-size: .88em; }
dl.facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 2px 20px; margin: 8px 0; font-size: 13px; }
dl.facts dt { color: var(--soft); }
dl.facts dd { margin: 0; }
@media (max-width: 720px) {
  header.top { padding: 0 14px; }
  main { padding: 16px 14px 60px; }
  h1 { font-size: 22px; }
  .tools kbd { display: none; }
}
@media print {
  header.top, .filters, .side { display: none; }
}
`
