import { nearest } from '../base/did-you-mean.ts'
import { MODEL_KINDS, modelForm } from '../base/models/model-kind.ts'
import { UserError } from '../contracts/errors.ts'
import type { PlayerKind } from '../contracts/model.ts'
import type { MODEL_FORMS, ModelKind, SpecArgument } from '../contracts/model-forms.ts'
import type { Result } from '../contracts/result.ts'

/** What a spec's argument is read into. */
type ArgumentFields = {
  model: { model: string }
  'model@baseURL': { model: string; baseURL: string }
  path: { path: string }
  file: { file: string }
  name: { name: string }
  none: unknown
}

export type ModelSpec<Kind extends ModelKind = ModelKind> = {
  [Each in Kind]: { kind: Each } & ArgumentFields[(typeof MODEL_FORMS)[Each]['argument']]
}[Kind]

type Fields = Result<object, UserError>

/** How each kind of argument is read, once it is there. */
const READ: Record<Exclude<SpecArgument, 'none'>, (text: string) => Fields> = {
  model: model => ({ ok: true, value: { model } }),
  'model@baseURL': compatible,
  path: path => ({ ok: true, value: { path } }),
  file: file => ({ ok: true, value: { file } }),
  name: name => ({ ok: true, value: { name } }),
}

/** Who plays behind a spec; a `command/…` can be declared to be another kind. */
export function playerKindOf(spec: ModelSpec, declared?: PlayerKind): PlayerKind {
  return spec.kind === 'command' && declared !== undefined ? declared : modelForm(spec.kind).playerKind
}

/** Reads a model's spec. The error is a `UserError` to throw or to show. */
export function parseModelSpec(spec: string): Result<ModelSpec, UserError> {
  const slash = spec.indexOf('/')
  const kind = slash === -1 ? spec : spec.slice(0, slash)
  const rest = slash === -1 ? '' : spec.slice(slash + 1)
  if (!isKind(kind)) return unknownSpec(spec, suggestion(kind))
  const { argument } = modelForm(kind)
  if (argument === 'none') {
    return slash === -1 ? { ok: true, value: { kind } as ModelSpec } : unknownSpec(spec, `nothing can follow '${kind}'`)
  }
  if (rest.trim() === '') return unknownSpec(spec, `expected ${modelForm(kind).syntax}`)
  const fields = READ[argument](rest)
  return fields.ok ? { ok: true, value: { kind, ...fields.value } as ModelSpec } : fields
}

function isKind(kind: string): kind is ModelKind {
  return (MODEL_KINDS as readonly string[]).includes(kind)
}

/** A model's name can itself contain an `@`; the base URL begins at the one before `http`. */
function compatible(rest: string): Fields {
  const [, model, baseURL] = /^(.+?)@(https?:\/\/.+)$/i.exec(rest) ?? []
  if (model === undefined || baseURL === undefined) {
    return unknownSpec(
      `openai-compatible/${rest}`,
      "after 'openai-compatible/' comes <model>@<baseURL>, e.g. qwen3@http://localhost:11434/v1",
    )
  }
  const mistake = baseURLMistake(baseURL)
  // The whole spec would repeat what it must not contain.
  if (mistake !== undefined) return unknownSpec(`openai-compatible/${model}@…`, `the base URL ${mistake}`)
  return { ok: true, value: { model, baseURL } }
}

/** What is wrong with a base URL; undefined when nothing is. */
export function baseURLMistake(baseURL: string): string | undefined {
  if (!URL.canParse(baseURL)) return 'is not a valid URL'
  const { protocol, username, password, search, hash } = new URL(baseURL)
  if (protocol !== 'http:' && protocol !== 'https:') return 'must begin with http:// or https://'
  if (username !== '' || password !== '') return 'must not contain a user or a password: every report shows the spec'
  if (search !== '' || hash !== '') return 'must end with its path, without ? and #'
  return undefined
}

function suggestion(kind: string): string {
  const [best] = nearest(kind, MODEL_KINDS)
  return best === undefined || kind === ''
    ? 'no provider has that name'
    : `no provider has that name; did you mean '${best}'?`
}

function unknownSpec(spec: string, reason: string): { ok: false; error: UserError } {
  const forms = MODEL_KINDS.map(kind => modelForm(kind).syntax).join(', ')
  return {
    ok: false,
    error: new UserError(
      'model-unknown',
      `model '${spec}': ${reason}${reason.endsWith('?') ? '' : '.'} Known forms: ${forms}.`,
    ),
  }
}
