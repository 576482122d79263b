export const MODES = ['structured-serial', 'structured-parallel', 'script-tool', 'script-text'] as const
export type Mode = (typeof MODES)[number]

export const REINJECTIONS = ['off', 'turn-top', 'turn-top-kept', 'tail', 'history-top', 'placebo'] as const
export type Reinjection = (typeof REINJECTIONS)[number]

/** The factors the harness itself knows, each with its levels; the first level is the default. */
export const BUILT_IN_FACTORS = {
  mode: MODES,
  reinjection: REINJECTIONS,
  reinjectionCarrier: ['tool-result', 'user-text'],
  tools: ['full', 'no-shell'],
  leniency: ['lenient', 'strict'],
  protocolText: ['a', 'b'],
  patchCarrier: ['tool', 'shell'],
  /** Of programs, before they run; the structured modes have none. */
  typeCheck: ['off', 'warn', 'block'],
} as const

type Levels = typeof BUILT_IN_FACTORS
export type BuiltInFactor = keyof Levels

/** One combination of levels. Factors from modules stand under `custom`. */
export type Arm = { [Factor in BuiltInFactor]: Levels[Factor][number] } & { custom: Record<string, string> }

/** One factor of a suite. `module` is the file of a custom factor (absolute), `digest` that of its content. */
export interface Factor {
  name: string
  levels: string[]
  module?: string
  digest?: string
}
