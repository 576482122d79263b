import type { PlayerKind } from './model.ts'

/** What follows `<kind>/` in a spec. */
export type SpecArgument = 'model' | 'model@baseURL' | 'path' | 'file' | 'name' | 'none'

/** One form of a model spec, as the parser, `models list`, `doctor`, the suite's schema and messages use it. */
export interface ModelForm {
  argument: SpecArgument
  /** The spec as help shows it. */
  syntax: string
  /** A spec, or a form of it, that `models list` can describe. */
  example: string
  /** Who answers; a suite can declare another kind for `command/…`. */
  playerKind: PlayerKind
  /** The provider's own service: where it is, and the variables for its key and another address. */
  service?: { endpoint: string; key: string; baseURL: string }
  /** The spec names a file, whose content is a part of the trial's identity. */
  hasFile?: true
  /** The player draws from the trial's seed. */
  isSeeded?: true
  /** The player comes with the harness and plays tasks: it cannot be asked by itself. */
  isBuiltIn?: true
}

export const MODEL_FORMS = {
  openai: {
    argument: 'model',
    syntax: 'openai/<model>',
    example: 'openai/<model>',
    playerKind: 'api',
    service: { endpoint: 'https://api.openai.com/v1', key: 'OPENAI_API_KEY', baseURL: 'OPENAI_BASE_URL' },
  },
  anthropic: {
    argument: 'model',
    syntax: 'anthropic/<model>',
    example: 'anthropic/<model>',
    playerKind: 'api',
    service: { endpoint: 'https://api.anthropic.com', key: 'ANTHROPIC_API_KEY', baseURL: 'ANTHROPIC_BASE_URL' },
  },
  'openai-compatible': {
    argument: 'model@baseURL',
    syntax: 'openai-compatible/<model>@<baseURL>',
    example: 'openai-compatible/<model>@http://localhost:11434/v1',
    playerKind: 'api',
  },
  command: {
    argument: 'path',
    syntax: 'command/<path>',
    example: 'command/<path>',
    playerKind: 'assisted',
    hasFile: true,
  },
  scripted: {
    argument: 'file',
    syntax: 'scripted/<file>',
    example: 'scripted/<file>',
    playerKind: 'scripted',
    hasFile: true,
  },
  oracle: { argument: 'none', syntax: 'oracle', example: 'oracle', playerKind: 'oracle', isBuiltIn: true },
  nop: { argument: 'none', syntax: 'nop', example: 'nop', playerKind: 'nop', isBuiltIn: true },
  simulated: {
    argument: 'name',
    syntax: 'simulated/<name>',
    example: 'simulated/hasty',
    playerKind: 'simulated',
    isSeeded: true,
    isBuiltIn: true,
  },
} as const satisfies Record<string, ModelForm>

export type ModelKind = keyof typeof MODEL_FORMS
