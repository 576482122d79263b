/** Tables: runs, trials, contrasts, tasks by arms. */
export const LISTS = `
.scroll { overflow-x: auto; }
table { border-collapse: separate; border-spacing: 0; font-size: 13px; line-height: 1.4; }
table.list { width: 100%; }
#run-arms table { width: auto; }
#run-arms td { padding-left: 26px; }
.page-comparison h3 { margin: 16px 0 4px; }
th, td { padding: 5px 14px 5px 0; text-align: left; vertical-align: baseline; }
thead th { color: var(--soft); font-size: 12px; font-weight: 550; border-bottom: 1.5px solid var(--line-strong); white-space: nowrap; }
tbody th, tbody td { border-bottom: 1px solid var(--line); }
tbody th { font-weight: 560; }
th:last-child, td:last-child { padding-right: 4px; }
.end { text-align: right; }
td.end, td.date { white-space: nowrap; }
td.problem { color: var(--bad); }
tbody tr:hover > * { background: var(--sunk); }
tr.current > * { background: var(--accent-soft) !important; }
tr.current > :first-child { box-shadow: inset 3px 0 var(--accent); padding-left: 8px; }
tbody th .about { display: block; }
.trials tbody th, .trials tbody td { white-space: nowrap; padding-block: 3px; }
.trials tbody th a, .list tbody th a { text-decoration: none; }
.trials tbody th a:hover, .list tbody th a:hover { text-decoration: underline; }
.trials td.problem { white-space: normal; }
.trials input { margin: 0; vertical-align: -2px; accent-color: var(--accent); }
thead button { padding: 0; border: 0; background: none; color: inherit; font: inherit; }
thead button:hover { color: var(--ink); text-decoration: underline; }
[aria-sort=ascending] button::after { content: " ↑"; }
[aria-sort=descending] button::after { content: " ↓"; }
.filters { display: flex; flex-wrap: wrap; gap: 8px 18px; align-items: center; margin: 8px 0 10px; font-size: 13px; color: var(--soft); }
.filters[hidden] { display: none; }
.filters input, .filters select { max-width: 230px; padding: 3px 8px; border: 1px solid var(--line-strong); border-radius: 5px; background: var(--card); color: var(--ink); font: inherit; }
.filters input { width: 210px; }
.filters .count { min-width: 80px; color: var(--ink); }
.coverage { white-space: nowrap; }
.coverage svg, svg.key, svg.interval { vertical-align: middle; margin-right: 6px; border-radius: 2px; }
.track { fill: var(--track); }
.outcome { white-space: nowrap; font-weight: 550; }
.outcome > span { display: inline-block; width: 1.05em; text-align: center; }
.outcome.solved { color: var(--good); } .outcome.unsolved { color: var(--bad); }
.outcome.limited, .outcome.failed { color: var(--warn); }
.outcome.cancelled, .outcome.interrupted { color: var(--soft); }
.outcome.running { color: var(--accent); }
.outcome-solved { fill: var(--read); background: var(--read); } .outcome-unsolved { fill: var(--output); background: var(--output); }
.outcome-limited { fill: var(--fresh); background: var(--fresh); } .outcome-failed { fill: var(--write); background: var(--write); }
.outcome-cancelled, .outcome-interrupted { fill: var(--line-strong); background: var(--line-strong); }
.outcome-running { fill: var(--model); background: var(--model); }
.status { margin: 12px 0 6px; }
.counts, .verdicts, .legend, .files, .notes { margin: 6px 0; padding: 0; list-style: none; }
.counts { display: flex; flex-wrap: wrap; gap: 4px 20px; font-size: 13px; }
.dot { display: inline-block; width: 10px; height: 10px; margin-right: 7px; border-radius: 2px; }
.verdicts li { margin: 6px 0; max-width: 110ch; }
.notes li { margin: 3px 0; max-width: 110ch; color: var(--soft); font-size: 13px; }
.files li { margin: 2px 0; font-size: 13px; }
.sign { display: inline-block; width: 1em; font-weight: 700; text-align: center; }
.sign.added { color: var(--good); } .sign.deleted { color: var(--bad); } .sign.modified { color: var(--warn); }
table.matrix { margin-bottom: 14px; }
table.matrix caption { padding: 6px 0 4px; text-align: left; font-weight: 600; }
table.matrix thead th { padding: 4px 8px; white-space: normal; min-width: 84px; max-width: 130px; line-height: 1.25; text-align: center; vertical-align: bottom; }
table.matrix thead th:first-child { padding-left: 0; text-align: left; }
table.matrix td { padding: 2px 8px; border-left: 2px solid var(--paper); text-align: center; }
table.matrix td .about { display: block; color: var(--ink); font-size: 11.5px; }
table.matrix td a { color: var(--ink); text-decoration: none; }
table.matrix td a:hover { text-decoration: underline; }
table.matrix tbody th { font-weight: 500; white-space: nowrap; }
.heat-5 { background: color-mix(in srgb, var(--read) 34%, transparent); }
.heat-4 { background: color-mix(in srgb, var(--read) 22%, transparent); }
.heat-3 { background: color-mix(in srgb, var(--fresh) 24%, transparent); }
.heat-2 { background: color-mix(in srgb, var(--fresh) 32%, transparent); }
.heat-1 { background: color-mix(in srgb, var(--output) 24%, transparent); }
.heat-0 { background: color-mix(in srgb, var(--output) 36%, transparent); }
.contrasts .figure { white-space: nowrap; }
svg.interval .none { stroke: var(--line-strong); stroke-dasharray: 2 2; }
svg.interval .span { stroke: var(--accent); stroke-width: 2; }
svg.interval circle { fill: var(--accent); }
`
