import type { Comparison, ContrastResult } from '../comparison/comparison.ts'
import { meaningOf } from './verdicts.ts'

/** What changed against an earlier run, of one scope: first what got worse, then what is open, then what got better. */
export interface BaselineChanges {
  scope: string
  worse: ContrastResult[]
  better: ContrastResult[]
  /** Neither proven, of the confirmatory family; `equivalent` and `not worse` among them. */
  open: ContrastResult[]
}

/** Nothing where no earlier run was given. */
export function againstBaseline({ scopes }: Comparison): BaselineChanges[] {
  return scopes.flatMap(({ name, contrasts, isEvidence }) => {
    const runs = contrasts.filter(({ kind }) => kind === 'runs')
    if (!isEvidence || runs.length === 0) return []
    const worse = runs.filter(contrast => meaningOf(contrast) === 'loss')
    const better = runs.filter(contrast => meaningOf(contrast) === 'gain')
    const isOpen = (contrast: ContrastResult) => !worse.includes(contrast) && !better.includes(contrast)
    const open = runs.filter(contrast => contrast.role !== 'exploratory' && isOpen(contrast))
    return [{ scope: name, worse, better, open }]
  })
}
