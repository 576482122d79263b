import { mcnemar } from '../hypotheses/mcnemar.ts'
import { difference, mean } from '../numbers/moments.ts'
import { newcombeInterval } from './newcombe.ts'
import { type DifferenceEstimate, pairedDifference } from './paired-difference.ts'

/** The scores of one task's trials, 0 to 1, in the two arms. */
export interface TaskTrials {
  cluster: string
  baseline: readonly number[]
  other: readonly number[]
}

/** A difference of two arms whose spread is unknown, so that it has no standard error. */
type CountedDifference = Omit<DifferenceEstimate, 'standardError' | 'df'>

export type SolvedDifference =
  | ({ method: 'paired-t' } & DifferenceEstimate)
  | ({ method: 'mcnemar' } & CountedDifference)

interface TaskMeans {
  cluster: string
  baseline: number
  other: number
}

function taskMeans(tasks: readonly TaskTrials[]): TaskMeans[] {
  return tasks.flatMap(task => {
    const baseline = mean(task.baseline)
    const other = mean(task.other)
    return baseline === undefined || other === undefined ? [] : [{ cluster: task.cluster, baseline, other }]
  })
}

const isZeroOrOne = (value: number) => value === 0 || value === 1

/** Tasks counted as solved or not: mid-p McNemar with Newcombe's interval; only for independent tasks. */
function counted(tasks: readonly TaskMeans[], level: number): CountedDifference | undefined {
  const clusters = new Set(tasks.map(task => task.cluster)).size
  if (tasks.length < 2 || clusters < tasks.length) return undefined
  if (!tasks.every(task => isZeroOrOne(task.baseline) && isZeroOrOne(task.other))) return undefined
  const count = (baseline: number, other: number) =>
    tasks.filter(task => task.baseline === baseline && task.other === other).length
  const counts = { both: count(1, 1), first: count(1, 0), second: count(0, 1), neither: count(0, 0) }
  const interval = newcombeInterval(counts, level)
  if (interval === undefined) return undefined
  const n = tasks.length
  const p = mcnemar(counts.first, counts.second)?.midP ?? 1
  return { estimate: (counts.second - counts.first) / n, ...interval, p, n, clusters, level }
}

/**
 * The difference other − baseline in the share solved: the default method on task means. Where all differences are
 * equal the t test knows nothing of their spread; if every task is then all or nothing, tasks are counted instead
 * (Fagerland, Lydersen & Laake 2013; Newcombe 1998). Tasks without a trial in one arm are left out.
 */
export function solvedDifference(tasks: readonly TaskTrials[], level = 0.95): SolvedDifference | undefined {
  const means = taskMeans(tasks)
  const paired = pairedDifference(
    means.map(({ cluster, baseline, other }) => ({ cluster, value: difference(baseline, other) })),
    level,
  )
  if (paired !== undefined) {
    return { method: 'paired-t', ...paired, lower: Math.max(-1, paired.lower), upper: Math.min(1, paired.upper) }
  }
  const inCounts = counted(means, level)
  return inCounts && { method: 'mcnemar', ...inCounts }
}
