import { defined } from '../../base/defined.ts'
import { failureTraits } from '../../base/models/failure-class.ts'
import { MODEL_KINDS, modelForm } from '../../base/models/model-kind.ts'
import type { ModelFailure, PlayerKind, Usage } from '../../contracts/model.ts'
import type { ModelKind } from '../../contracts/model-forms.ts'
import { parseModelSpec, playerKindOf } from '../../model/parse-model-spec.ts'
import { SIMULATED_PLAYERS } from '../../model/players/simulated.ts'
import { publishedPrices } from '../../model/prices.ts'
import { createTokenCounter } from '../../model/token-counter.ts'
import { createCheckedProvider } from '../suite/check-players.ts'

type Environment = Readonly<Record<string, string | undefined>>

export type ModelCheck = { spec: string } & (
  | { ok: true; servedModel?: string; latencyMs: number; usage?: Usage; text: string }
  | { ok: false; failure: ModelFailure; latencyMs: number }
)

/** Sends one tiny request and returns the reply. Costs a few tokens. */
export async function checkModel(spec: string, environment: Environment): Promise<ModelCheck> {
  const entry = { spec, parameters: { maxOutputTokens: 64 } }
  const provider = createCheckedProvider(entry, environment, await createTokenCounter())
  const reply = await provider.ask(
    {
      system: 'You answer in one word.',
      messages: [{ role: 'user', parts: [{ text: 'Say ready.', origin: 'task' }] }],
      tools: [],
      parallelToolCalls: false,
      cacheKey: 'check',
    },
    { signal: AbortSignal.timeout(120_000) },
  )
  await provider.close?.()
  const { latencyMs, servedModel, usage } = reply
  if (!reply.ok && failureTraits(reply.failure.class).end !== 'continues')
    return { spec, ok: false, failure: reply.failure, latencyMs }
  return {
    spec,
    ok: true,
    latencyMs,
    text: reply.message?.text ?? '',
    ...defined({ servedModel, usage }),
  }
}

export interface ModelRow {
  spec: string
  playerKind: PlayerKind
  endpoint?: string
  key?: string
  prices?: string
}

/** What one spec resolves to, or every kind of spec there is. Of keys, only whether they are set. */
export function listModels(environment: Environment, spec?: string): ModelRow[] {
  const specs = spec === undefined ? MODEL_KINDS.flatMap(examplesOf) : [spec]
  return specs.map(name => describeModel(name, environment))
}

function examplesOf(kind: ModelKind): string[] {
  if (kind === 'simulated') return Object.keys(SIMULATED_PLAYERS).map(name => `simulated/${name}`)
  return [modelForm(kind).example]
}

function describeModel(name: string, environment: Environment): ModelRow {
  const parsed = parseModelSpec(name)
  if (!parsed.ok) throw parsed.error
  const spec = parsed.value
  const prices = publishedPrices(name)
  const row: ModelRow = { spec: name, playerKind: playerKindOf(spec) }
  const { service } = modelForm(spec.kind)
  if (service !== undefined) {
    row.endpoint = environment[service.baseURL] || service.endpoint
    row.key = `${service.key} ${environment[service.key] ? 'is set' : 'is missing'}`
  }
  if ('baseURL' in spec) row.endpoint = spec.baseURL
  if (prices !== undefined) {
    row.prices = `$${prices.inputPerMillion} in, $${prices.outputPerMillion} out per million tokens (${prices.source}, ${prices.date})`
  } else if (name.includes('<model>')) row.prices = 'price depends on the model'
  else if (row.playerKind === 'api') row.prices = 'price unknown: give models[].prices in the suite to see costs'
  return row
}
