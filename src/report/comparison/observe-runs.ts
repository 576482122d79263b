import { compareText } from '../../base/lists.ts'
import type { ReportFactor } from '../document/report.ts'
import { armKey } from '../judging/grid.ts'
import { type Observed, observedOutcome, observedTrial } from '../judging/observed.ts'
import type { ComparableRun } from './comparable-run.ts'
import { RUN_FACTOR, runLabels } from './compared-factors.ts'

/** All trials of the runs as a comparison sees them, without tasks that are not the same in all of them. */
export function observeRuns(
  runs: readonly ComparableRun[],
  factors: readonly ReportFactor[],
): { observed: Observed[]; notes: string[] } {
  const changed = changedTasks(runs)
  const names = factors.map(({ name }) => name)
  const labels = runLabels(runs)
  const observed: Observed[] = []
  const shared = sharedLists()
  for (const [index, { report }] of runs.entries()) {
    const extra = new Map(runs.length > 1 ? [[RUN_FACTOR, labels[index] as string]] : [])
    const source = { extra, shared }
    for (const trial of report.trials) {
      if (trial.outcome !== 'cancelled' && !changed.has(trial.task)) observed.push(observedTrial(trial, names, source))
    }
    for (const outcome of report.imported?.outcomes ?? []) {
      if (!changed.has(outcome.task)) observed.push(observedOutcome(outcome, names, source))
    }
  }
  return { observed, notes: [...runs.flatMap(gapNotes), ...changedNotes(changed), ...differenceNotes(runs)] }
}

/** Gives one list for all equal ones. */
function sharedLists(): (list: string[]) => readonly string[] {
  const known = new Map<string, readonly string[]>()
  return list => {
    const key = armKey(list)
    const first = known.get(key) ?? list
    known.set(key, first)
    return first
  }
}

/** Tasks whose files are not the same in all runs that have them. */
function changedTasks(runs: readonly ComparableRun[]): Set<string> {
  const digests = new Map<string, string>()
  const changed = new Set<string>()
  for (const { manifest } of runs) {
    for (const [task, { digest }] of Object.entries(manifest.tasks)) {
      if ((digests.get(task) ?? digest) !== digest) changed.add(task)
      digests.set(task, digest)
    }
  }
  return changed
}

const NAMES_SHOWN_MAX = 5

function changedNotes(changed: ReadonlySet<string>): string[] {
  if (changed.size === 0) return []
  const names = [...changed].sort(compareText)
  const more = names.length > NAMES_SHOWN_MAX ? ` and ${names.length - NAMES_SHOWN_MAX} more` : ''
  const shown = names.slice(0, NAMES_SHOWN_MAX).join(', ')
  return [`Left out, since their files differ between the runs: ${shown}${more}.`]
}

function gapNotes({ folder, manifest, report }: ComparableRun): string[] {
  const { failed, unreadable, cancelled } = report.coverage
  const lost = failed === 0 ? [] : [`${failed} failed, bounded both ways`]
  const torn = unreadable.length === 0 ? [] : [`${unreadable.length} with unreadable logs, left out`]
  const stopped = cancelled === 0 ? [] : [`${cancelled} cancelled, left out`]
  const gaps = [...lost, ...torn, ...stopped]
  const imported = manifest.imported === undefined ? [] : [importNote(folder, manifest.imported)]
  return gaps.length === 0 ? imported : [...imported, `${folder}: trials: ${gaps.join('; ')}.`]
}

function importNote(folder: string, { source, unit }: NonNullable<ComparableRun['manifest']['imported']>): string {
  const what = unit === 'model' ? 'averages, so models are compared in place of tasks' : 'outcomes'
  return `${folder}: imported from ${source}, ${what}; measured elsewhere, not by scriptbench.`
}

/** What differs between the runs apart from the arms. */
function differenceNotes(runs: readonly ComparableRun[]): string[] {
  const own = runs.filter(({ manifest }) => manifest.imported === undefined).map(({ manifest }) => manifest)
  if (own.length < 2) return []
  const differs = (pick: (manifest: (typeof own)[number]) => unknown) =>
    new Set(own.map(manifest => JSON.stringify(pick(manifest)))).size > 1
  const what = [
    ...(differs(({ versions }) => versions.scriptbench) ? ['the version of scriptbench'] : []),
    ...(differs(({ versions }) => versions.protocol) ? ['the protocol version'] : []),
    ...(differs(({ prompts }) => prompts) ? ['the prompts'] : []),
    ...(differs(({ toolSchemas }) => toolSchemas) ? ['the tool descriptions'] : []),
    ...(differs(({ sandbox }) => sandbox.mechanism) ? ['the sandbox'] : []),
    ...(differs(({ platform }) => platform) ? ['the machine'] : []),
    ...(differs(({ suite }) => suite.content.limits) ? ['the limits'] : []),
  ]
  return what.length === 0 ? [] : [`Apart from the arms, the runs differ in ${what.join(', ')}.`]
}
