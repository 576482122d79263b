import type { Message } from './model.ts'
import type { TrialLimits } from './suite.ts'

/** What one level of a custom factor changes; whatever is absent stays as it is. Pure functions. */
export interface FactorHooks {
  /** The system preamble → another one. */
  preamble?(text: string): string
  /** The names of the offered tools → a subset. */
  tools?(names: readonly string[]): readonly string[]
  /** The messages about to be sent → what is sent instead. */
  history?(messages: readonly Message[]): readonly Message[]
  limits?(limits: TrialLimits): TrialLimits
}

/** What a factor's module exports as `factor`. The first level is the default. */
export interface FactorModule {
  name: string
  levels: Record<string, FactorHooks>
}
