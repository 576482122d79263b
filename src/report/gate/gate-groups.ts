import { compareText, distinct, groupBy } from '../../base/lists.ts'
import { isEvidence, playerTraits } from '../../base/models/player-kind.ts'
import { armText, hasLevels } from './arm-levels.ts'
import type { Baseline, BaselineCell, BaselineTrial } from './baseline.ts'
import type { GatePolicy } from './gate-policy.ts'
import type { NotCompared, QuarantinedTask } from './gate-result.ts'
import { stableTrials } from './stable-trials.ts'

/** One task that both sides have, in the same state of its files. */
export interface GateTask {
  task: string
  cluster: string
  /** Those that count, and their share of all. */
  baseline: BaselineTrial[]
  weight: number
  run: BaselineTrial[]
  lost: { baseline: number; run: number }
}

/** One model in one arm. */
export interface GateGroup {
  model: string
  arm: string
  tasks: GateTask[]
  /** Tasks of the baseline that are not wholly in quarantine. */
  tasksExpected: number
  isInRun: boolean
}

export interface GateGroups {
  groups: GateGroup[]
  quarantined: QuarantinedTask[]
  notCompared: NotCompared[]
  /** Trials of the run that are in the baseline too. */
  sharedTrials: number
  /** Models and arms of the run that the baseline lacks. */
  isNew: string[]
}

/** The run next to the baseline: model by model, arm by arm, task by task. */
export function gateGroups(baseline: Baseline, run: Baseline, policy: GatePolicy): GateGroups {
  const unstable = unstableTasks([...baseline.cells, ...run.cells])
  const wanted = (cells: readonly BaselineCell[]) => cells.filter(cell => isGated(cell, policy))
  const before = groupBy(wanted(baseline.cells), groupKey)
  const now = groupBy(wanted(run.cells), groupKey)
  const found: GateGroups = { groups: [], quarantined: [], notCompared: [], sharedTrials: 0, isNew: [] }
  for (const key of distinct([...before.keys(), ...now.keys()]).sort(compareText)) {
    const [old, fresh] = [before.get(key), now.get(key)]
    if (old === undefined) {
      const { model, arm } = (fresh as BaselineCell[])[0] as BaselineCell
      found.isNew.push(`${model}, ${armText(arm)}`)
    } else found.groups.push(pairGroup({ old, fresh: fresh ?? [], policy, unstable, found }))
  }
  return found
}

/** Whether the policy gates on this player in this arm. */
export function isGated({ model, kind, arm }: BaselineCell, { models, arms }: GatePolicy): boolean {
  const isModelAsked = models === undefined || models.some(pattern => matches(model, pattern))
  const isArmAsked = arms === undefined || arms.some(asked => hasLevels(arm, asked))
  return isEvidence(kind) && isModelAsked && isArmAsked
}

function matches(text: string, pattern: string): boolean {
  const parts = pattern.split('*').map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`, 's').test(text)
}

function groupKey({ model, arm }: BaselineCell): string {
  const levels = Object.entries(arm).sort(([left], [right]) => compareText(left, right))
  return JSON.stringify([model, levels])
}

/** Tasks that the oracle did not always solve: their check or their solution is not stable, whoever plays. */
function unstableTasks(cells: readonly BaselineCell[]): Set<string> {
  const failed = cells.filter(
    ({ kind, trials }) => playerTraits(kind).provesTasks && trials.some(trial => trial.solved === 0),
  )
  return new Set(failed.map(({ task, taskDigest }) => `${task}/${taskDigest}`))
}

interface PairInput {
  old: readonly BaselineCell[]
  fresh: readonly BaselineCell[]
  policy: GatePolicy
  unstable: ReadonlySet<string>
  found: GateGroups
}

function pairGroup({ old, fresh, policy, unstable, found }: PairInput): GateGroup {
  const first = old[0] as BaselineCell
  const who = { model: first.model, arm: armText(first.arm) }
  const group: GateGroup = { ...who, tasks: [], tasksExpected: 0, isInRun: fresh.length > 0 }
  const byTask = { old: groupBy(old, cell => cell.task), fresh: new Map(fresh.map(cell => [cell.task, cell])) }
  for (const task of [...byTask.old.keys()].sort(compareText)) {
    const versions = byTask.old.get(task) as BaselineCell[]
    const cell = byTask.fresh.get(task)
    const same = versions.find(({ taskDigest }) => taskDigest === cell?.taskDigest)
    const before = same ?? (versions[0] as BaselineCell)
    const known = new Set(cell?.trials.map(trial => trial.key))
    const trials = before.trials.filter(trial => !known.has(trial.key))
    found.sharedTrials += before.trials.length - trials.length
    const asked = { task, isUnstable: unstable.has(`${task}/${before.taskDigest}`), trials }
    const { kept, why } = quarantine(asked, policy)
    if (why !== undefined) {
      const counts = { baseline: countsOf(before.trials), run: countsOf(cell?.trials ?? []) }
      const gated = kept.length === 0 ? 'no' : kept.length < trials.length ? 'in-part' : 'yes'
      found.quarantined.push({ ...who, task, why, gated, ...counts })
    }
    if (kept.length === 0 && why !== undefined) continue
    group.tasksExpected += 1
    const problem = pairProblem({ cell, isSame: same !== undefined, trials: trials.length, policy })
    if (problem !== undefined || cell === undefined) {
      found.notCompared.push({ ...who, task, why: problem ?? 'not-in-run' })
      continue
    }
    const lost = { baseline: before.lost, run: cell.lost }
    const weight = kept.length / trials.length
    group.tasks.push({ task, cluster: cell.cluster, baseline: kept, weight, run: cell.trials, lost })
  }
  for (const task of byTask.fresh.keys()) {
    if (!byTask.old.has(task)) found.notCompared.push({ ...who, task, why: 'not-in-baseline' })
  }
  return group
}

interface Asked {
  task: string
  isUnstable: boolean
  trials: readonly BaselineTrial[]
}

function quarantine(
  { task, isUnstable, trials }: Asked,
  { quarantine: { tasks, flakyShareMax, trialsMin } }: GatePolicy,
): { kept: BaselineTrial[]; why?: QuarantinedTask['why'] } {
  if (tasks.includes(task)) return { kept: [], why: 'policy' }
  if (isUnstable) return { kept: [], why: 'oracle-unstable' }
  const kept = stableTrials(trials, flakyShareMax)
  if (kept.length === trials.length) return { kept }
  return { kept: trials.length < trialsMin ? [...trials] : kept, why: 'flaky' }
}

interface ProblemInput {
  cell: BaselineCell | undefined
  isSame: boolean
  trials: number
  policy: GatePolicy
}

function pairProblem({ cell, isSame, trials, policy }: ProblemInput): NotCompared['why'] | undefined {
  if (cell === undefined) return 'not-in-run'
  if (!isSame) return 'changed'
  if (trials < policy.trials.baseline) return 'few-baseline-trials'
  return cell.trials.length < policy.trials.run && cell.lost === 0 ? 'few-run-trials' : undefined
}

function countsOf(trials: readonly BaselineTrial[]): QuarantinedTask['baseline'] {
  return { solved: trials.filter(trial => trial.solved === 1).length, trials: trials.length }
}
