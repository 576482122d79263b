/** Small screens and paper. */
export const PRINT_STYLE = `
@media (max-width: 1100px) {
  .scroll, .table-tasks .scroll { overflow-x: auto; }
  thead th { position: static; }
}
@media (max-width: 700px) {
  main, header.page, footer.page { padding-inline: 18px; }
  header.page { padding-top: 30px; }
  h1 { font-size: 29px; }
  .facts, article.decision { grid-template-columns: minmax(0, 1fr); }
  .chart svg { max-width: none; min-width: 720px; width: 720px; }
  .pair-of-charts .chart svg { min-width: 0; width: 100%; }
}
@media print {
  :root { --paper: #fff; --ink: #000; --soft: #444; --line: #ddd; --line-strong: #999; --track: #eee; color-scheme: light; }
  @page { size: A4 landscape; margin: 12mm; }
  body { font-size: 11px; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  main, header.page, footer.page { max-width: none; padding: 0; }
  nav, .skip, details { display: none; }
  .chart, .scroll { overflow: visible; }
  .chart svg { width: 100%; }
  section.table { break-inside: auto; }
  .chart, figure, article.decision { break-inside: avoid; }
  h2, h3, h4, .legend { break-after: avoid; }
  section.facts { break-before: auto; }
  pre { white-space: pre-wrap; font-size: 9px; }
  article.decision { padding: 12px 0 10px; }
  article.decision .verdict > p, .players, .factors, .notice p, .missing { font-size: 10px; }
  article.decision .verdict > p.headline { font-size: 18px; }
  article.decision dl, article.decision .verdict > p.sentence { font-size: 9.5px; margin-top: 6px; }
  section.folded { display: none; }
  section.table { margin-top: 18px; }
  table { font-size: 9.5px; }
  thead th { position: static; font-size: 9px; padding-left: 10px; }
  tbody th, tbody td { padding: 4px 0 4px 10px; }
  .note { font-size: 9.5px; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
  article.scope { margin-top: 24px; }
  article.scope + article.scope { break-before: page; margin-top: 0; }
}
`
