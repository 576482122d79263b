/** A trial's conversation, and two next to each other. */
export const TRIAL = `
.title { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 18px; }
.title .outcome { font-size: 16px; }
.neighbours { margin: 0 0 0 auto; font-size: 13px; }
.neighbours a + a { margin-left: 16px; }
.page-trial .title + dl.facts { grid-template-columns: repeat(2, max-content minmax(0, 1fr)); max-width: 1180px; }
.beside h2 { display: inline; margin: 0 12px 0 0; font-size: 13px; font-weight: 400; color: var(--soft); letter-spacing: 0; }
.beside ul { display: inline-flex; flex-wrap: wrap; gap: 2px 22px; margin: 0; padding: 0; list-style: none; font-size: 13px; }
.with-side { display: grid; grid-template-columns: 168px minmax(0, 1fr); gap: 30px; margin-top: 20px; border-top: 1px solid var(--line); padding-top: 18px; }
.side { position: sticky; top: 60px; align-self: start; max-height: calc(100vh - 76px); overflow-y: auto; font-size: 12.5px; }
.side ol { margin: 0; padding: 0; list-style: none; }
.side a { display: block; padding: 1.5px 6px; border-radius: 3px; color: var(--soft); text-decoration: none; }
.side a:hover { background: var(--sunk); color: var(--ink); }
.side b { display: inline-block; min-width: 24px; color: var(--ink); font-weight: 600; }
.story { max-width: 1120px; }
.overview { margin-bottom: 10px; }
figure { margin: 0 0 14px; }
figcaption { margin-bottom: 4px; color: var(--soft); font-size: 12.5px; }
figure .scroll svg { display: block; width: 100%; min-width: 620px; height: auto; font-size: 11px; }
.tick { fill: var(--soft); }
.grid { stroke: var(--line); }
.bar { fill: var(--model); }
.bar.read { fill: var(--read); } .bar.write { fill: var(--write); } .bar.script { fill: var(--script); }
.bar.failed { fill: var(--bad); } .bar.verifier { fill: var(--line-strong); } .bar.good { fill: var(--good); }
.queued { fill: var(--line-strong); }
.timeline text:not(.tick) { fill: #101114; font-size: 11px; }
.timeline a:hover .bar, .tokens a:hover rect { opacity: .72; }
.timeline a:focus-visible .bar { stroke: var(--ink); stroke-width: 2; }
.hit { fill: transparent; }
.part-read { fill: var(--read); } .part-write { fill: var(--script); } .part-fresh { fill: var(--fresh); } .part-output { fill: var(--output); }
.legend { display: flex; flex-wrap: wrap; gap: 2px 18px; font-size: 12.5px; color: var(--soft); }
.turn, .prompt { margin: 0 0 18px; padding: 12px 16px; border: 1px solid var(--line); border-radius: 6px; background: var(--card); content-visibility: auto; contain-intrinsic-size: auto 300px; }
.turn:target, .turn.current, .prompt.current { border-color: var(--accent); box-shadow: inset 3px 0 var(--accent); }
.turn > h3, .prompt > h3 { margin-bottom: 6px; }
.turn > h3 > a, h4 > a { color: inherit; text-decoration: none; }
.turn > h3 > a:hover, h4 > a:hover { text-decoration: underline; }
.prompt { background: var(--accent-soft); border-color: transparent; }
.fold { margin: 3px 0; }
.fold > summary { padding: 2px 0; cursor: pointer; font-size: 13px; }
.fold > summary::marker { color: var(--soft); }
.fold > .body { margin: 2px 0 8px 5px; padding-left: 13px; border-left: 1.5px solid var(--line); }
.of { margin: 8px 0 2px; color: var(--soft); font-size: 12px; }
pre { margin: 3px 0; white-space: pre-wrap; overflow-wrap: anywhere; tab-size: 4; }
pre.text { max-height: 460px; overflow: auto; padding: 8px 11px; border-radius: 4px; background: var(--sunk); }
pre.said { max-height: none; background: none; padding: 0; font: inherit; max-width: 96ch; }
.prompt pre.text { background: none; padding: 0; font: inherit; max-height: none; max-width: 124ch; }
.part { margin: 4px 0; }
.prompt .part > .of { display: none; }
.origin-reinjection > pre, .origin-placebo > pre { border-left: 3px solid var(--warn-line); background: var(--warn-soft); }
.origin-reinjection > .of, .origin-placebo > .of { color: var(--warn); font-weight: 600; }
.reply { margin: 6px 0; }
.cut { display: block; padding: 4px 0; color: var(--warn); font-style: normal; font-family: ui-sans-serif, system-ui, sans-serif; font-size: 12.5px; }
.script { margin: 10px 0; }
pre.code { max-height: 620px; overflow: auto; padding: 7px 0; border: 1px solid var(--line); border-radius: 4px; background: var(--paper); }
.line { display: block; padding: 0 12px 0 54px; position: relative; min-height: 1.55em; }
.line[data-line]::before { content: attr(data-line); position: absolute; left: 0; width: 40px; text-align: right; color: var(--soft); user-select: none; }
.diff .line { padding-left: 12px; }
.line.failed { background: var(--bad-soft); box-shadow: inset 3px 0 var(--bad-line); }
.line:target { background: var(--mark); box-shadow: inset 3px 0 var(--warn-line); }
.line.added { background: var(--good-soft); } .line.deleted { background: var(--bad-soft); } .line.hunk { color: var(--soft); }
.hljs-keyword, .hljs-built_in, .hljs-type { color: var(--code-key); }
.hljs-string, .hljs-regexp, .hljs-template-variable { color: var(--code-text); }
.hljs-subst { color: var(--ink); }
.hljs-number, .hljs-literal { color: var(--code-number); }
.hljs-comment { color: var(--code-note); font-style: italic; }
.hljs-title, .hljs-attr, .hljs-property { color: var(--code-name); }
.ended { margin: 5px 0; font-size: 13px; }
.message { white-space: pre-wrap; }
.ledger { margin: 8px 0; }
.call > summary { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.call .number { display: inline-block; min-width: 22px; color: var(--soft); }
.call b { font-weight: 600; }
.what { color: var(--soft); font: 12px ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; }
.took { margin-left: 8px; color: var(--soft); font-size: 12.5px; }
.call:target > summary { background: var(--mark); }
.times, .exit { margin: 6px 0 2px; color: var(--soft); font-size: 12.5px; }
.pieces { margin: 3px 0; padding: 6px 0; list-style: none; border-radius: 4px; background: var(--sunk); max-height: 460px; overflow: auto; }
.pieces li { display: grid; grid-template-columns: 68px 56px minmax(0, 1fr); gap: 10px; padding: 0 11px; }
.pieces pre { margin: 0; }
.pieces .when { color: var(--soft); font-size: 12px; text-align: right; line-height: 1.6; }
.stream { font-size: 12px; line-height: 1.6; color: var(--soft); }
.stream.stderr, .stream.error { color: var(--bad); } .stream.warn { color: var(--warn); }
pre.stderr { box-shadow: inset 3px 0 var(--bad-line); }
.clauses { max-width: 620px; }
.final { font-size: 15px; }
.columns { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 26px; margin-top: 10px; }
.column h2 { position: sticky; top: 44px; z-index: 2; margin: 0 0 8px; padding: 8px 0; background: var(--paper); border-bottom: 1px solid var(--line); font-size: 15px; }
.column .turn { margin-bottom: 10px; padding: 8px 13px; content-visibility: visible; }
.column pre.said { max-height: 260px; overflow: auto; }
table.beside { width: auto; min-width: 480px; margin-top: 8px; }
table.beside td, table.beside thead th { padding-right: 36px; }
.ledger-lines { margin: 6px 0; padding: 0; list-style: none; font-size: 13px; }
.ledger-lines li { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
@media (max-width: 960px) {
  .with-side { grid-template-columns: minmax(0, 1fr); }
  .side { display: none; }
  .page-trial .title + dl.facts { grid-template-columns: max-content minmax(0, 1fr); }
}
@media (max-width: 720px) {
  .columns { grid-template-columns: minmax(0, 1fr); }
  .turn, .prompt { padding: 10px 11px; }
  .call > summary { white-space: normal; }
  .pieces li { grid-template-columns: 52px minmax(0, 1fr); }
  .pieces pre { grid-column: 1 / -1; }
}
`
