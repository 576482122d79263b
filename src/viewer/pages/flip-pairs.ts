import type { ComparisonScope, TaskFlips } from '../../report/comparison/comparison.ts'
import { levelOf } from '../library/arm-names.ts'
import type { RunView } from '../library/run-store.ts'
import type { TrialRow } from '../library/trial-row.ts'
import { pairName } from './trial/trial-page.ts'

export interface FlipPair {
  name: string
}

/** For each task that flipped two trials that show it: the same model and repeat, another outcome, one arm each. */
export function flipPairs(flips: TaskFlips, scope: ComparisonScope, { rows }: RunView): Map<string, FlipPair> {
  const sample = scope.contrasts.find(({ contrast }) => contrast === flips.contrast)
  const pairs = new Map<string, FlipPair>()
  if (sample === undefined) return pairs
  const sideOf = (level: string, task: string) =>
    rows.filter(row => row.trial?.task === task && isAt(row, sample.factor, level))
  for (const [flipped, solvedSide] of [
    [flips.gained, 'other'],
    [flips.lost, 'baseline'],
  ] as const)
    for (const { task } of flipped) {
      const baseline = sideOf(sample.baseline, task)
      const other = sideOf(sample.other, task)
      const [solved, unsolved] = solvedSide === 'other' ? [other, baseline] : [baseline, other]
      const pair = bestPair(solved, unsolved)
      if (pair !== undefined) pairs.set(task, { name: pair })
    }
  return pairs
}

function isAt({ trial }: TrialRow, factor: string, level: string): boolean {
  return trial !== undefined && levelOf(trial, factor) === level
}

function bestPair(solved: readonly TrialRow[], unsolved: readonly TrialRow[]): string | undefined {
  for (const left of solved.filter(row => row.outcome === 'solved'))
    for (const right of unsolved)
      if (
        right.outcome !== 'solved' &&
        right.trial?.model === left.trial?.model &&
        right.trial?.repeat === left.trial?.repeat
      )
        return pairName(left.id, right.id)
  return undefined
}
