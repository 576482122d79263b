import { distance } from 'fastest-levenshtein'
import { UserError } from '../contracts/errors.ts'
import type { PlayerKind } from '../contracts/model.ts'
import type { Result } from '../contracts/result.ts'

export type ModelSpec =
  | { kind: 'openai' | 'anthropic'; model: string }
  | { kind: 'openai-compatible'; model: string; baseURL: string }
  | { kind: 'command'; path: string }
  | { kind: 'scripted'; file: string }
  | { kind: 'simulated'; name: string }
  | { kind: 'oracle' | 'nop' }

/** Every form a model's spec can take. */
export const MODEL_SPEC_FORMS = [
  'openai/<model>',
  'openai-compatible/<model>@<baseURL>',
  'anthropic/<model>',
  'command/<path>',
  'scripted/<file>',
  'simulated/<name>',
  'oracle',
  'nop',
] as const

const PREFIXES = MODEL_SPEC_FORMS.map(form => form.replace(/\/.*/, ''))
const PLAYER_KINDS: Readonly<Record<ModelSpec['kind'], PlayerKind>> = {
  openai: 'api',
  'openai-compatible': 'api',
  anthropic: 'api',
  command: 'assisted',
  scripted: 'scripted',
  simulated: 'simulated',
  oracle: 'oracle',
  nop: 'nop',
}

/** Who plays behind a spec; a `command/…` may be declared to be another kind. */
export function playerKindOf(spec: ModelSpec, declared?: PlayerKind): PlayerKind {
  return spec.kind === 'command' && declared !== undefined ? declared : PLAYER_KINDS[spec.kind]
}

/** Reads a model's spec. The error is a `UserError` to throw or to show. */
export function parseModelSpec(spec: string): Result<ModelSpec, UserError> {
  const slash = spec.indexOf('/')
  const kind = slash === -1 ? spec : spec.slice(0, slash)
  const rest = slash === -1 ? '' : spec.slice(slash + 1)
  if (kind === 'oracle' || kind === 'nop') {
    return slash === -1 ? { ok: true, value: { kind } } : unknownSpec(spec, `'${kind}' stands alone`)
  }
  if (!PREFIXES.includes(kind)) return unknownSpec(spec, suggestion(kind))
  if (rest.trim() === '') return unknownSpec(spec, `something must follow '${kind}/'`)
  switch (kind) {
    case 'openai':
    case 'anthropic':
      return { ok: true, value: { kind, model: rest } }
    case 'command':
      return { ok: true, value: { kind, path: rest } }
    case 'scripted':
      return { ok: true, value: { kind, file: rest } }
    case 'simulated':
      return { ok: true, value: { kind, name: rest } }
    default:
      return compatible(spec, rest)
  }
}

/** A model's name may itself hold an `@`; the base URL begins at the one before `http`. */
function compatible(spec: string, rest: string): Result<ModelSpec, UserError> {
  const [, model, baseURL] = /^(.+?)@(https?:\/\/.+)$/i.exec(rest) ?? []
  if (model === undefined || baseURL === undefined) {
    return unknownSpec(spec, "after 'openai-compatible/' comes <model>@<baseURL>, e.g. qwen3@http://localhost:11434/v1")
  }
  const mistake = baseURLMistake(baseURL)
  // The spec would repeat what it must not hold.
  if (mistake !== undefined) return unknownSpec(`openai-compatible/${model}@…`, `the base URL ${mistake}`)
  return { ok: true, value: { kind: 'openai-compatible', model, baseURL } }
}

/** What is wrong with a base URL; undefined when nothing is. */
export function baseURLMistake(baseURL: string): string | undefined {
  if (!URL.canParse(baseURL)) return 'cannot be read as a URL'
  const { protocol, username, password, search, hash } = new URL(baseURL)
  if (protocol !== 'http:' && protocol !== 'https:') return 'must begin with http:// or https://'
  if (username !== '' || password !== '') return 'must hold no user and no password: specs stand in every report'
  if (search !== '' || hash !== '') return 'must end with its path, without ? and #'
  return undefined
}

function suggestion(kind: string): string {
  const nearest = PREFIXES.map(prefix => ({ prefix, edits: distance(kind.toLowerCase(), prefix) })).sort(
    (left, right) => left.edits - right.edits,
  )[0]
  return nearest && nearest.edits <= nearest.prefix.length / 3
    ? `did you mean '${nearest.prefix}'?`
    : 'no provider has that name'
}

function unknownSpec(spec: string, reason: string): { ok: false; error: UserError } {
  const message = `model '${spec}': ${reason}. Known forms: ${MODEL_SPEC_FORMS.join(', ')}.`
  return { ok: false, error: new UserError('model-unknown', message) }
}
