import type { Quantiles } from './quantiles.ts'

/** What the page shows of a scope beyond `results.json`: distributions, classes of errors, turns, examples. */
export interface ScopeDetails {
  arms: ArmDetails[]
  examples: FailureExample[]
  /** Examples found beyond those kept here. */
  examplesLeftOut: number
  /** Models without prices: their costs are unknown. */
  unpricedModels: string[]
}

/** Details of one arm's scored trials, in the order of the scope's arms. */
export interface ArmDetails {
  label: string
  spreads: Record<SpreadMetric, Quantiles | undefined>
  tokens: TokenParts | undefined
  limits: Count[]
  /** Class of a failed script, of an unreadable reply, code of a failed call: how often. */
  scriptErrors: Count[]
  protocolErrors: Count[]
  toolErrors: Count[]
  /** Approvals asked for, by tool. */
  approvals: Count[]
  /** Over the turns of a trial, in the order of `TURN_BINS`. */
  turns: TurnBin[]
}

export type SpreadMetric = 'turns' | 'tokens' | 'wallMs'

export interface Count {
  name: string
  count: number
}

/** Means per trial that add up to all input and output. Absent when any part is unknown for every trial. */
export interface TokenParts {
  /** Trials for which all parts are known. */
  n: number
  toolDefinitions: number
  reinjected: number
  otherInput: number
  visibleOutput: number
  reasoning: number
}

export interface TurnBin {
  /** Requests whose distance is known, and their mean distance from the newest user prompt in tokens. */
  requests: number
  promptDistanceTokens?: number
  /** Clauses of the steps that ended in these turns. */
  clausesKept: number
  clausesTotal: number
}

/** The first turn of each bin; the last has no end. */
export const TURN_BINS = [1, 2, 3, 5, 9, 17, 33, 65] as const

/** One failure as in the log: text from elsewhere is unchanged. */
export interface FailureExample {
  kind: 'script' | 'protocol' | 'tool'
  class: string
  player: string
  trial: string
  task: string
  arm: string
  turn: number
  message: string
  frame?: string
}
