import { resolve } from 'node:path'
import type { Clock } from '../contracts/clock.ts'
import { UserError } from '../contracts/errors.ts'
import type { ModelEntry, ModelProvider } from '../contracts/model.ts'
import type { ModelKind } from '../contracts/model-forms.ts'
import type { TokenCounter } from '../contracts/tokens.ts'
import { anthropicFromEnvironment } from './anthropic/from-environment.ts'
import { chatFromEnvironment } from './chat/from-environment.ts'
import { commandFromEnvironment } from './command/from-environment.ts'
import type { Environment } from './environment.ts'
import { openAIFromEnvironment } from './openai/from-environment.ts'
import { type ModelSpec, parseModelSpec, playerKindOf } from './parse-model-spec.ts'
import { createScriptedProvider } from './players/scripted.ts'
import type { WireWithSecrets } from './wire/from-environment.ts'
import { createWireProvider } from './wire/wire-provider.ts'

export interface ModelProviderOptions {
  entry: ModelEntry
  clock: Clock
  /** Variables with keys, base URLs and settings. */
  environment: Environment
  countTokens: TokenCounter
  /** Makes the players that need a task: `oracle`, `nop`, `simulated/<name>`. */
  builtIns(name: string): ModelProvider | undefined
  /** Base of relative paths in `command/…` and `scripted/…`; the current folder by default. */
  baseDir?: string
}

type ProviderOf<Kind extends ModelKind> = (spec: ModelSpec<Kind>, options: ModelProviderOptions) => ModelProvider

/** How each kind's provider is made. */
const PROVIDERS: { readonly [Kind in ModelKind]: ProviderOf<Kind> } = {
  openai: (spec, options) => overWire(spec, options, openAIFromEnvironment({ ...options, ...spec })),
  anthropic: (spec, options) => overWire(spec, options, anthropicFromEnvironment({ ...options, ...spec })),
  'openai-compatible': (spec, options) => overWire(spec, options, chatFromEnvironment({ ...options, ...spec })),
  command: (spec, options) => overWire(spec, options, commandFromEnvironment({ ...options, ...spec })),
  scripted: ({ file }, { baseDir = '.', clock, entry }) =>
    createScriptedProvider({ spec: entry.spec, file: resolve(baseDir, file), clock }),
  oracle: builtIn,
  nop: builtIn,
  simulated: builtIn,
}

/** A model's spec → its provider. Throws a `UserError` for whatever is missing or wrong, before anything is sent. */
export function createModelProvider(options: ModelProviderOptions): ModelProvider {
  const parsed = parseModelSpec(options.entry.spec)
  if (!parsed.ok) throw parsed.error
  return create(parsed.value, options)
}

/** The type parameter ties a spec to the function of its own kind. */
function create<Kind extends ModelKind>(spec: ModelSpec<Kind>, options: ModelProviderOptions): ModelProvider {
  const make = PROVIDERS[spec.kind as Kind] as ProviderOf<Kind>
  return make(spec, options)
}

function overWire(
  spec: ModelSpec,
  { clock, countTokens, entry }: ModelProviderOptions,
  wired: WireWithSecrets,
): ModelProvider {
  const playerKind = playerKindOf(spec, entry.playerKind)
  return createWireProvider({ spec: entry.spec, playerKind, clock, countTokens, ...wired })
}

function builtIn(_spec: ModelSpec, { builtIns, entry: { spec } }: ModelProviderOptions): ModelProvider {
  const provider = builtIns(spec)
  if (provider !== undefined) return provider
  throw new UserError(
    'model-unknown',
    `model '${spec}': no such built-in player. Run 'scriptbench models list' to see them.`,
  )
}
