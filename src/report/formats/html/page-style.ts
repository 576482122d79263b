/** Colours, the page itself, its tables and notes. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --paper: #fbfaf7; --ink: #1d1f24; --soft: #5d626d; --faint: #8a8f99;
  --line: #e5e2da; --line-strong: #c9c5ba; --track: #ece9e1; --accent: #2f5d8c; --accent-soft: #dbe6f1;
  --warn-bg: #fdf4dd; --warn-line: #d9a520; --warn-ink: #664a00;
  --stop-bg: #fcebe8; --stop-line: #c8452f; --stop-ink: #7d2113;
  --part-0: #6b8fb8; --part-1: #58a08f; --part-2: #d98545; --part-3: #e3bd55; --part-4: #8d7bb0; --part-5: #c0647a;
  --part-6: #5f7d4f; --part-7: #9a6f4e; --heat: #4f9a7c; --accent-mid: #a9c3dd; --good: #12613a; --bad: #b3372a;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #15171b; --ink: #e8e6e1; --soft: #a6abb5; --faint: #7d828d;
    --line: #2b2f36; --line-strong: #454a54; --track: #2b2f36; --accent: #8db8e2; --accent-soft: #22374c;
    --warn-bg: #2b2413; --warn-line: #b58a1e; --warn-ink: #ecd08a;
    --stop-bg: #311c19; --stop-line: #d0604c; --stop-ink: #f3b5a9;
    --part-0: #7fa4cf; --part-1: #63b3a0; --part-2: #e09255; --part-3: #e3c266; --part-4: #a593c9; --part-5: #d07d91;
    --part-6: #86a874; --part-7: #c0946f; --heat: #3f8a6c; --accent-mid: #3d5f80; --good: #63c08f; --bad: #f08a7c;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 15px/1.55 ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Liberation Sans", sans-serif;
  font-variant-numeric: tabular-nums;
}
main, header.page, footer.page { max-width: 1244px; margin: 0 auto; padding: 0 32px; }
header.page { padding-top: 56px; }
.brand { margin: 0; color: var(--accent); font-size: 13px; font-weight: 600; letter-spacing: .01em; }
.brand span { margin-left: 10px; color: var(--soft); font-weight: 400; letter-spacing: 0; }
h1 { margin: 2px 0 6px; font-size: 38px; line-height: 1.15; font-weight: 680; letter-spacing: -.022em; overflow-wrap: anywhere; }
.coverage { margin: 0; color: var(--soft); font-size: 16px; }
h2 { margin: 0; font-size: 25px; line-height: 1.2; font-weight: 660; letter-spacing: -.015em; overflow-wrap: anywhere; }
h3 { margin: 0 0 10px; font-size: 16px; font-weight: 640; letter-spacing: -.005em; }
a { color: var(--accent); text-underline-offset: 3px; text-decoration-thickness: 1px; }
a:focus-visible, .scroll:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; border-radius: 3px; }
nav ul, .legend, .players, .factors { list-style: none; margin: 0; padding: 0; }
nav { margin-top: 26px; padding: 11px 0; border-block: 1px solid var(--line); }
nav ul { display: flex; flex-wrap: wrap; gap: 4px 24px; font-size: 14px; }
nav a { text-decoration: none; }
nav a:hover { text-decoration: underline; }
.notices { margin-top: 26px; display: grid; gap: 12px; }
.notice { padding: 13px 18px; border-left: 4px solid var(--warn-line); border-radius: 3px; background: var(--warn-bg); color: var(--warn-ink); }
.notice.danger { border-color: var(--stop-line); background: var(--stop-bg); color: var(--stop-ink); }
.notice strong { display: block; font-size: 15.5px; }
.notice p { margin: 2px 0 0; max-width: 92ch; font-size: 14px; }
.facts { margin: 26px 0 0; display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 8px 48px; font-size: 14px; }
.facts h2 { margin-bottom: 4px; font-size: 13px; font-weight: 600; color: var(--soft); letter-spacing: 0; }
.facts li { padding: 3px 0; overflow-wrap: anywhere; }
.kind { display: inline-block; margin-left: 6px; padding: 0 8px; border: 1px solid var(--line-strong); border-radius: 10px; color: var(--soft); font-size: 12px; line-height: 19px; vertical-align: 1px; white-space: nowrap; }
.kind.none { border-color: var(--warn-line); background: var(--warn-bg); color: var(--warn-ink); }
.facts .about { color: var(--soft); }
article.scope { margin-top: 60px; padding-top: 24px; border-top: 2px solid var(--ink); }
article.scope h2 .kind { margin-left: 12px; font-weight: 500; letter-spacing: 0; vertical-align: 4px; }
section.table { margin-top: 32px; break-inside: avoid-page; }
table { width: 100%; border-collapse: separate; border-spacing: 0; font-size: 13.5px; line-height: 1.4; }
thead th { position: sticky; top: 0; z-index: 1; background: var(--paper); border-bottom: 1.5px solid var(--line-strong); color: var(--soft); font-weight: 550; font-size: 12.5px; vertical-align: bottom; padding: 8px 0 6px 16px; }
tbody th, tbody td { border-bottom: 1px solid var(--line); padding: 7px 0 7px 16px; vertical-align: middle; }
tbody tr:last-child > * { border-bottom-color: var(--line-strong); }
tbody tr:hover > * { background: color-mix(in srgb, var(--accent-soft) 45%, transparent); }
tr.group > th { padding: 15px 0 5px; border-bottom: 1px solid var(--line); color: var(--accent); font-size: 13px; font-weight: 600; text-align: left; }
tbody tr.group:hover > * { background: none; }
th:first-child { padding-left: 0; }
tbody th { font-weight: 560; }
.start { text-align: left; }
.end { text-align: right; }
td.end, tbody th { white-space: nowrap; }
.table-failures td, .table-unreadable td, .table-left-out td { white-space: normal; overflow-wrap: anywhere; }
.value { white-space: nowrap; }
td.start .value { white-space: normal; }
.table-left-out th .value { white-space: normal; overflow-wrap: anywhere; }
thead th[title] { text-decoration: underline dotted var(--faint); text-underline-offset: 3px; }
.note { max-width: 104ch; margin: 9px 0 0; color: var(--soft); font-size: 13px; line-height: 1.5; }
.note + .note { margin-top: 4px; }
svg { vertical-align: middle; }
.pair { display: flex; justify-content: space-between; align-items: center; gap: 12px; }
.track { fill: var(--track); }
.fill { fill: var(--accent); }
.parts { border-radius: 2px; }
.part-0 { fill: var(--part-0); background: var(--part-0); }
.part-1 { fill: var(--part-1); background: var(--part-1); }
.part-2 { fill: var(--part-2); background: var(--part-2); }
.part-3 { fill: var(--part-3); background: var(--part-3); }
.part-4 { fill: var(--part-4); background: var(--part-4); }
.part-5 { fill: var(--part-5); background: var(--part-5); }
.part-6 { fill: var(--part-6); background: var(--part-6); }
.part-7 { fill: var(--part-7); background: var(--part-7); }
.legend { display: flex; flex-wrap: wrap; gap: 4px 20px; margin-bottom: 2px; color: var(--soft); font-size: 13px; }
.legend i { display: inline-block; width: 11px; height: 11px; margin-right: 7px; border-radius: 2px; vertical-align: -1px; }
td.heat { background: color-mix(in srgb, var(--heat) calc(var(--share) * .42), transparent); }
.table-tasks td.end, .table-tasks thead th.end { padding-inline: 10px; border-left: 3px solid var(--paper); text-align: center; }
.table-tasks thead th.end { min-width: 74px; line-height: 1.3; }
footer.page { margin-top: 64px; padding-top: 22px; padding-bottom: 64px; color: var(--soft); font-size: 13.5px; }
footer.page dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 4px 22px; margin: 8px 0 18px; }
footer.page dt { color: var(--soft); }
footer.page dd { margin: 0; overflow-wrap: anywhere; }
footer.page h2 { color: var(--ink); font-size: 18px; }
`
