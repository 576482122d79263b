import type { Report } from '../document/report.ts'
import { RESULTS_VERSION } from './results-schema.ts'

/** `results.json`, piece by piece: the trials last, one a line. */
export function* resultsJson(report: Report): Generator<string> {
  const { run, coverage, players, factors, constants, scopes, failures, tasksLeftOut, trials } = report
  const summary = { run, coverage, players, factors, constants, scopes, failures, tasksLeftOut }
  const head = JSON.stringify({ resultsVersion: RESULTS_VERSION, ...summary }, null, 2)
  yield `${head.slice(0, -2)},\n  "trials": [`
  for (const [index, trial] of trials.entries()) yield `${index === 0 ? '' : ','}\n    ${JSON.stringify(trial)}`
  yield trials.length === 0 ? ']\n}\n' : '\n  ]\n}\n'
}
