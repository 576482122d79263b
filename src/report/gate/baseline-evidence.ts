import { isEvidence } from '../../base/models/player-kind.ts'
import type { ComparableRun } from '../comparison/comparable-run.ts'
import { armText } from './arm-levels.ts'
import { baselineOf } from './baseline.ts'
import type { GatePolicy } from './gate-policy.ts'
import { runProblem, type Stop, unfinishedReason } from './gate-run.ts'

/** Why the run is not enough for a baseline of its own: a baseline is a distribution, not an outcome. */
export function evidenceProblem(run: ComparableRun, policy: GatePolicy): Stop | undefined {
  const own = baselineOf(run)
  const stop = runProblem(run, policy, own)
  if (stop !== undefined) return stop
  const unfinished = unfinishedReason(run)
  if (unfinished !== undefined) return { status: 'inconclusive', reason: unfinished }
  const least = policy.trials.baseline
  const cells = own.cells.filter(cell => isEvidence(cell.kind))
  const few = cells.filter(({ trials }) => trials.length < least)
  const [first] = few
  if (first === undefined) return undefined
  const where = `${first.task} (${first.model}, ${armText(first.arm)}: ${first.trials.length})`
  const reason = `A baseline needs ${least} scored trials of each task, model and arm; ${few.length} of ${cells.length} have fewer, such as ${where}.`
  return { status: 'inconclusive', reason }
}
