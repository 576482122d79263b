export const MODES = ['structured-serial', 'structured-parallel', 'script-tool', 'script-text'] as const
export type Mode = (typeof MODES)[number]

/** What distinguishes one mode from another. Code asks for a trait, never for a mode by name. */
export interface ModeTraits {
  /** What the model writes to act: tool calls, or a script that makes them. */
  action: 'calls' | 'script'
  /** Where it writes it: in a native tool call, or in the text of its reply. */
  carrier: 'native' | 'text'
  /** Tool calls in one turn. */
  callsPerTurn: 'one' | 'many'
  /** The mode in a sentence for people. */
  words: string
}

export const MODE_TRAITS: Readonly<Record<Mode, ModeTraits>> = {
  'structured-serial': { action: 'calls', carrier: 'native', callsPerTurn: 'one', words: 'serial tool calls' },
  'structured-parallel': { action: 'calls', carrier: 'native', callsPerTurn: 'many', words: 'parallel tool calls' },
  'script-tool': { action: 'script', carrier: 'native', callsPerTurn: 'many', words: 'scripts' },
  'script-text': { action: 'script', carrier: 'text', callsPerTurn: 'many', words: 'scripts in text' },
}

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
  /** Of scripts, before they run; the structured modes have none. */
  typeCheck: ['off', 'warn', 'block'],
} as const

type Levels = typeof BUILT_IN_FACTORS
export type BuiltInFactor = keyof Levels

/** One combination of levels. Factors from modules are in `custom`. */
export type Arm = { [Factor in BuiltInFactor]: Levels[Factor][number] } & { custom: Record<string, string> }

/** One factor of a suite. `module` is the file of a custom factor (absolute), `digest` that of its content. */
export interface Factor {
  name: string
  levels: string[]
  module?: string
  digest?: string
}
