import { type Command, InvalidArgumentError, Option } from 'commander'
import { hint } from '../../base/did-you-mean.ts'
import { UserError } from '../../contracts/errors.ts'
import { type ComparableRun, loadComparableRun } from '../../report/comparison/comparable-run.ts'
import type { CompareFailure } from '../../report/comparison/compare-failure.ts'
import { type CompareOptions, compareRuns } from '../../report/comparison/compare-runs.ts'
import type { Comparison } from '../../report/comparison/comparison.ts'
import { renderComparisonTerminal, type ViewOptions } from '../../report/formats/comparison-text.ts'
import {
  COMPARISON_FORMATS,
  type ComparisonFormat,
  comparisonDocument,
  writeComparison,
} from '../../report/formats/write-comparison.ts'
import { parseList } from '../options.ts'
import { printLine } from '../terminal/print.ts'
import { runProblem } from '../terminal/run-problem.ts'

interface CompareFlags {
  factor?: string
  baseline?: string
  metric?: string[]
  by: string[]
  margin?: number
  format: string[]
  out?: string
}

export function addCompareCommand(program: Command): void {
  const formats = ['terminal', ...COMPARISON_FORMATS]
  program
    .command('compare')
    .argument('<runs...>', 'folders of runs; several are compared with the first')
    .description('compare the arms of a run, or several runs, with confidence intervals')
    .option('--factor <name>', 'only the contrasts of this factor, e.g. mode')
    .option('--baseline <level>', 'also compare with this level')
    .option('--metric <names>', 'only these metrics, e.g. solved,turns', parseList)
    .option('--by <what>', 'any of model, stratum', parseChoices(['model', 'stratum']), ['model'])
    .option('--margin <size>', 'a loss of solved tasks that would not matter, e.g. 5pp or 0.05', parseMargin)
    .addOption(
      new Option('--format <formats>', `any of ${formats.join(', ')}`)
        .default(['terminal'], 'terminal')
        .argParser(parseChoices(formats)),
    )
    .option('--out <dir>', 'folder for the formats other than terminal (default: stdout)')
    .addHelpText(
      'after',
      '\nExample:\n  scriptbench compare reports/demo --by model,stratum --format terminal,json --out reports/demo',
    )
    .action(compareAction)
}

async function compareAction(folders: string[], flags: CompareFlags): Promise<void> {
  const { by, factor, baseline, metric, margin, format, out } = flags
  const view: ViewOptions = { isByModel: by.includes('model'), isByStratum: by.includes('stratum') }
  const comparison = await compareFolders(folders, {
    ...(factor !== undefined && { factor }),
    ...(baseline !== undefined && { baseline }),
    ...(metric && { metrics: metric }),
    ...(margin !== undefined && { margin }),
  })
  const formats = format.filter((name): name is ComparisonFormat => name !== 'terminal')
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

/** `5pp` and `5%` are 0.05, and so is `0.05`. */
export function parseMargin(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(pp|%)?$/.exec(text)
  const value = match === null ? Number.NaN : Number(match[1]) / (match[2] === undefined ? 1 : 100)
  if (!(value > 0 && value < 1)) throw new InvalidArgumentError('expected a share between 0 and 1, such as 5pp or 0.05')
  return value
}

export function parseChoices(known: readonly string[]): (text: string) => string[] {
  return text => {
    const words = parseList(text)
    const unknown = words.find(word => !known.includes(word))
    if (unknown !== undefined) throw new InvalidArgumentError(`unknown "${unknown}"${hint(unknown, known)}`)
    return words
  }
}
