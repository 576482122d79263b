import type { DrawChart } from '../../charts/draw-chart.ts'
import type { ScopeView } from '../../document/report-document.ts'

/** What each part of a scope is made of. */
export interface TopicContext {
  view: ScopeView
  /** Keeps ids of several scopes apart. */
  idPrefix: string
  draw: DrawChart
}
