/** The decision page, the charts and the failures. */
export const PICTURE_STYLE = `
.skip { position: absolute; left: -9999px; }
.skip:focus { left: 16px; top: 12px; background: var(--paper); padding: 6px 12px; z-index: 2; }
.missing { max-width: 92ch; color: var(--soft); font-size: 14px; }
section.decisions { margin-top: 40px; padding-top: 24px; border-top: 2px solid var(--ink); }
section.decisions > h2 { margin-bottom: 6px; }
article.decision { display: grid; grid-template-columns: minmax(0, 4fr) minmax(0, 6fr); gap: 8px 36px; padding: 26px 0 24px; border-bottom: 1px solid var(--line); }
article.decision h3 { margin: 0; font-size: 14px; font-weight: 600; overflow-wrap: anywhere; }
article.decision h3 a { color: var(--ink); }
article.decision h3 .about { color: var(--soft); font-weight: 400; }
article.decision .verdict > p { margin: 6px 0 0; max-width: 62ch; font-size: 14px; }
article.decision .verdict > p.headline { margin: 2px 0 4px; font-size: 27px; line-height: 1.2; font-weight: 660; letter-spacing: -.017em; }
.choice-other .headline, .choice-baseline .headline { color: var(--accent); }
.choice-unknown .headline, .choice-none .headline { color: var(--soft); }
article.decision .verdict > p.sentence { color: var(--soft); font-size: 13px; }
article.decision dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(170px, 1fr)); gap: 8px 20px; margin: 14px 0 0; font-size: 13px; }
article.decision dt { color: var(--soft); font-size: 12px; }
article.decision dd { margin: 0; overflow-wrap: anywhere; }
article.decision section.table { margin-top: 0; }
h4 { margin: 0 0 4px; font-size: 13px; font-weight: 600; color: var(--soft); }
section.facts { margin-top: 32px; }
.scroll { overflow-x: auto; }
.table-tasks .scroll { overflow-x: visible; }
.chart { overflow-x: auto; margin: 4px 0 2px; }
.chart svg { display: block; max-width: 100%; height: auto; font-family: inherit; }
.pair-of-charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(340px, 100%), 1fr)); gap: 12px 30px; }
details { margin: 4px 0 0; }
summary { cursor: pointer; width: max-content; color: var(--accent); font-size: 13px; padding: 3px 0; }
summary:focus-visible, pre:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; border-radius: 3px; }
td.good .value { color: var(--good); }
td.bad .value { color: var(--bad); font-weight: 600; }
.legend i.dash-1 { -webkit-mask: repeating-linear-gradient(90deg, #000 0 4px, transparent 4px 6px); mask: repeating-linear-gradient(90deg, #000 0 4px, transparent 4px 6px); }
.legend i.dash-2 { -webkit-mask: repeating-linear-gradient(90deg, #000 0 2px, transparent 2px 4px); mask: repeating-linear-gradient(90deg, #000 0 2px, transparent 2px 4px); }
@media screen {
  .table-overhead table { font-size: 12.5px; }
  .table-overhead tbody td, .table-overhead thead th + th { padding-left: 10px; }
}
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(420px, 100%), 1fr)); gap: 14px 40px; margin-top: 14px; }
figure { margin: 0; padding: 10px 0 6px; border-top: 1px solid var(--line); min-width: 0; break-inside: avoid; }
figcaption { font-size: 13.5px; }
figcaption span, .place { color: var(--soft); font-size: 12.5px; }
figure p { margin: 2px 0 0; }
.message { font-size: 13px; overflow-wrap: anywhere; white-space: pre-wrap; max-height: 9em; overflow: hidden; }
pre { margin: 7px 0; padding: 8px 12px; overflow-x: auto; border-left: 3px solid var(--stop-line); background: var(--track); font: 12px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; }
code { font: 12px ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; }
#method h2 + dl { margin-bottom: 26px; }
.table-flips td.start, .table-slopes td.start, .table-baseline td.start { white-space: normal; overflow-wrap: anywhere; }
`
