import type { Comparison, ContrastResult } from '../comparison/comparison.ts'
import { comparisonOf, type ReportDocument } from '../document/report-document.ts'
import { type DifferenceRow, RESULTS_VERSION } from './results-schema.ts'

/** `results.json`, piece by piece: the trials last, one a line. */
export function* resultsJson(document: ReportDocument): Generator<string> {
  const { run, coverage, players, factors, constants, failures, tasksLeftOut, trials } = document.report
  const comparison = comparisonOf(document)
  const scopes = document.report.scopes.map(({ name, kinds, isEvidence, arms, strata, tasks }) => {
    return { name, kinds, isEvidence, arms, strata, differences: differencesOf(name, comparison), tasks }
  })
  const summary = { run, coverage, players, factors, constants, scopes, failures, tasksLeftOut }
  const head = JSON.stringify({ resultsVersion: RESULTS_VERSION, ...summary }, null, 2)
  yield `${head.slice(0, -2)},\n  "trials": [`
  for (const [index, trial] of trials.entries()) yield `${index === 0 ? '' : ','}\n    ${JSON.stringify(trial)}`
  yield trials.length === 0 ? ']\n}\n' : '\n  ]\n}\n'
}

/** What `compare.json` has of the contrasts over all other levels: the same figures, without intervals and verdicts. */
function differencesOf(scope: string, comparison: Comparison | undefined): DifferenceRow[] {
  const contrasts = comparison?.scopes.find(({ name }) => name === scope)?.contrasts ?? []
  return contrasts.flatMap(contrast => (isSimple(contrast) ? [] : differenceRow(contrast)))
}

function isSimple({ kind }: ContrastResult): boolean {
  return kind === 'simple' || kind === 'interaction'
}

function differenceRow({
  factor,
  other,
  baseline,
  metric,
  scale,
  estimate,
  tasks,
  pairs,
}: ContrastResult): DifferenceRow[] {
  return estimate === undefined
    ? []
    : [{ factor, level: other, baseline, metric, scale, value: estimate, tasks, pairs }]
}
