import { defined } from '../../base/defined.ts'
import { hint } from '../../base/did-you-mean.ts'
import { UserError } from '../../contracts/errors.ts'
import { type ComparableRun, loadComparableRun } from '../../report/comparison/comparable-run.ts'
import type { CompareFailure } from '../../report/comparison/compare-failure.ts'
import { type CompareOptions, compareRuns } from '../../report/comparison/compare-runs.ts'
import type { Comparison } from '../../report/comparison/comparison.ts'
import { renderComparisonTerminal, type ViewOptions } from '../../report/formats/comparison-text.ts'
import { comparisonDocument, writeComparison } from '../../report/formats/write-comparison.ts'
import type { Action } from '../options/command-table.ts'
import { printLine } from '../terminal/print.ts'
import { runProblem } from '../terminal/run-problem.ts'

export const compare: Action<'compare'> = async ({ runs }, options) => {
  const { by, factor, baseline, metric, margin, format, out } = options
  const view: ViewOptions = { isByModel: by.includes('model'), isByStratum: by.includes('stratum') }
  const comparison = await compareFolders(runs, defined({ factor, baseline, metrics: metric, margin }))
  const formats = format.filter(name => name !== 'terminal')
  if (out === undefined && format.length > 1) {
    throw new UserError(
      'usage',
      '--format: several formats need --out <dir>, the folder for those other than terminal.',
    )
  }
  if (out !== undefined && formats.length === 0) {
    throw new UserError('usage', `--out "${out}": nothing to write; name the formats in --format, e.g. json,md.`)
  }
  if (format.includes('terminal')) process.stdout.write(renderComparisonTerminal(comparison, view))
  if (out === undefined) {
    for (const name of formats)
      for (const part of comparisonDocument(comparison, name, view)) process.stdout.write(part)
    return
  }
  const written = await writeComparison(comparison, { outDir: out, formats, view })
  if (!written.ok) throw new UserError('usage', `--out "${out}": ${written.error.message}`)
  for (const file of written.value) printLine(`wrote ${file}`)
}

/** Loads and compares; what is wrong with the words or the runs is a mistake of the user. */
export async function compareFolders(folders: readonly string[], options: CompareOptions): Promise<Comparison> {
  const comparison = compareRuns(await loadRuns(folders), options)
  if (!comparison.ok) throw asUserError(comparison.error)
  return comparison.value
}

export async function loadRuns(folders: readonly string[]): Promise<ComparableRun[]> {
  const runs: ComparableRun[] = []
  for (const folder of folders) {
    const run = await loadComparableRun(folder.replace(/(?<=.)\/+$/, ''))
    if (!run.ok) throw runProblem(run.error.message)
    runs.push(run.value)
  }
  return runs
}

function asUserError(failure: CompareFailure): UserError {
  if (failure.kind === 'nothing-scored') return new UserError('nothing-to-run', `${failure.message}.`)
  if (failure.kind === 'nothing-to-compare') return new UserError('usage', `${failure.message}.`)
  const { message, word, known } = failure
  const isAny = known.length > 0
  return new UserError('usage', isAny ? `${message}${hint(word, known)}` : `${message}; no factor varies in these runs`)
}
