import { armName, levelOf } from '../../library/arm-names.ts'
import type { TrialRow } from '../../library/trial-row.ts'
import type { TrialPage } from './trial-page.ts'

/** Trials of the same task, model and repeat whose arm differs in one factor: what can be shown next to this one. */
export function siblingsOf(
  row: TrialRow,
  rows: readonly TrialRow[],
  factors: readonly string[],
): TrialPage['siblings'] {
  const { trial } = row
  if (trial === undefined) return []
  return rows.flatMap(({ id, trial: other, outcome }) => {
    if (other === undefined || id === row.id) return []
    const isSame = other.task === trial.task && other.model === trial.model && other.repeat === trial.repeat
    const differing = factors.filter(factor => levelOf(other, factor) !== levelOf(trial, factor))
    return isSame && differing.length === 1 ? [{ id, arm: armName(other, factors), outcome }] : []
  })
}
