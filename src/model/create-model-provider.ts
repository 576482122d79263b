import { accessSync, constants, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Clock } from '../contracts/clock.ts'
import { UserError } from '../contracts/errors.ts'
import type { ModelEntry, ModelProvider } from '../contracts/model.ts'
import type { TokenCounter } from '../contracts/tokens.ts'
import { anthropicWire } from './anthropic/wire.ts'
import { chatWire } from './chat/wire.ts'
import { commandSettings } from './command/environment.ts'
import { commandWire } from './command/wire.ts'
import { baseURLFrom, type Environment, optionalKey, requiredKey, variable } from './environment.ts'
import { openAIWire } from './openai/wire.ts'
import { type ModelSpec, parseModelSpec, playerKindOf } from './parse-model-spec.ts'
import { createScriptedProvider } from './players/scripted.ts'
import { createWireProvider, type Wire } from './wire/wire-provider.ts'

export interface ModelProviderOptions {
  entry: ModelEntry
  clock: Clock
  /** Variables with keys, base URLs and settings. */
  environment: Environment
  countTokens: TokenCounter
  /** Makes the players that need a task: `oracle`, `nop`, `simulated/<name>`. */
  builtIns(name: string): ModelProvider | undefined
  /** What relative paths of `command/…` and `scripted/…` start from; the current folder by default. */
  baseDir?: string
}

/** A model's spec → its provider. Throws a `UserError` for whatever is missing or wrong, before anything is sent. */
export function createModelProvider(options: ModelProviderOptions): ModelProvider {
  const { entry, clock, countTokens, builtIns, baseDir = '.' } = options
  const parsed = parseModelSpec(entry.spec)
  if (!parsed.ok) throw parsed.error
  const spec = parsed.value
  switch (spec.kind) {
    case 'oracle':
    case 'nop':
    case 'simulated':
      return builtIn(entry.spec, builtIns)
    case 'scripted':
      return createScriptedProvider({ spec: entry.spec, file: resolve(baseDir, spec.file), clock })
    default: {
      const playerKind = playerKindOf(spec, entry.playerKind)
      return createWireProvider({ spec: entry.spec, playerKind, clock, countTokens, ...wireOf(spec, options) })
    }
  }
}

function builtIn(name: string, builtIns: ModelProviderOptions['builtIns']): ModelProvider {
  const provider = builtIns(name)
  if (provider !== undefined) return provider
  throw new UserError('model-unknown', `model '${name}': no such built-in player. 'models list' shows those there are.`)
}

type WireSpec = Extract<ModelSpec, { kind: 'openai' | 'openai-compatible' | 'anthropic' | 'command' }>

function wireOf(spec: WireSpec, options: ModelProviderOptions): { wire: Wire; secrets: string[] } {
  const { entry, clock, environment } = options
  const { parameters } = entry
  switch (spec.kind) {
    case 'openai': {
      const apiKey = requiredKey(environment, 'OPENAI_API_KEY', entry.spec)
      const baseURL = baseURLFrom(environment, 'OPENAI_BASE_URL')
      const organization = variable(environment, 'OPENAI_ORG_ID')
      const project = variable(environment, 'OPENAI_PROJECT_ID')
      const connection = {
        apiKey,
        ...(baseURL && { baseURL }),
        ...(organization && { organization }),
        ...(project && { project }),
      }
      return { wire: openAIWire({ model: spec.model, parameters, clock, ...connection }), secrets: [apiKey] }
    }
    case 'openai-compatible': {
      const apiKey = optionalKey(environment, 'OPENAI_COMPATIBLE_API_KEY', entry.spec)
      const isStreamed = variable(environment, 'OPENAI_COMPATIBLE_STREAM') === '1'
      const { model, baseURL } = spec
      const wire = chatWire({ model, baseURL, parameters, isStreamed, clock, ...(apiKey && { apiKey }) })
      return { wire, secrets: apiKey ? [apiKey] : [] }
    }
    case 'anthropic': {
      const apiKey = requiredKey(environment, 'ANTHROPIC_API_KEY', entry.spec)
      const baseURL = baseURLFrom(environment, 'ANTHROPIC_BASE_URL')
      const wire = anthropicWire({ model: spec.model, parameters, apiKey, clock, ...(baseURL && { baseURL }) })
      return { wire, secrets: [apiKey] }
    }
    case 'command': {
      const file = program(spec.path, options.baseDir)
      const { secrets, ...settings } = commandSettings(environment)
      return { wire: commandWire({ file, cwd: dirname(file), parameters, clock, ...settings }), secrets }
    }
  }
}

function program(path: string, baseDir = '.'): string {
  const file = resolve(baseDir, path)
  try {
    if (!statSync(file).isFile()) throw new Error('it is no file')
    accessSync(file, constants.X_OK)
    return file
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new UserError(
      'file-not-found',
      `model 'command/${path}': ${file} cannot be run (${reason}). Give the path of a program, made executable with chmod +x.`,
    )
  }
}
