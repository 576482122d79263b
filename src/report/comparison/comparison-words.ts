import { counted } from '../judging/figure-text.ts'
import type { Comparison, ComparisonStatus } from './comparison.ts'

/** What a reader must know about a comparison's status; nothing where it is final. */
export function statusNotice(status: ComparisonStatus): { title: string; text: string } | undefined {
  switch (status.kind) {
    case 'final':
      return undefined
    case 'interim': {
      const text = `${status.missing} of ${status.planned} declared trials are missing, so there are no verdicts yet.`
      return { title: 'Interim', text }
    }
    case 'exploratory':
      return { title: 'Exploratory', text: `${status.reason}, so there are no verdicts.` }
  }
}

/** What decides, and who said so. */
export function primaryText({ primary }: Comparison): string {
  const { contrast, metric, margin, isDeclared } = primary
  const unit = metric === 'solved' || metric === 'clauses' ? 'points' : '%'
  const declared = isDeclared ? 'declared by the suite' : 'the default, since the suite declares none'
  return `${contrast} on ${metric}, margin ${Number((margin * 100).toFixed(2))} ${unit} (${declared})`
}

/** How p values are adjusted, and what the intervals are. */
export function adjustmentText({ family }: Comparison): string {
  return `Holm, over ${counted(family.size, 'test')}, α = ${family.alpha}; intervals are unadjusted, ${Math.round(family.level * 100)} %`
}
