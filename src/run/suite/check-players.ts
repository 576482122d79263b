import { formOf } from '../../base/models/model-kind.ts'
import { playerTraits } from '../../base/models/player-kind.ts'
import { UserError } from '../../contracts/errors.ts'
import type { ModelEntry, ModelProvider, PlayerKind } from '../../contracts/model.ts'
import type { TokenCounter } from '../../contracts/tokens.ts'
import { createModelProvider } from '../../model/create-model-provider.ts'
import { systemClock } from '../system-clock.ts'
import { builtInMaker } from '../trial/players.ts'
import type { RunPlan } from './plan-run.ts'

/** Makes every model once before any trial, so that a wrong spec, a missing key or a missing price stops the run early. */
export async function checkPlayers(
  { suite }: RunPlan,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Map<string, PlayerKind>> {
  const kinds = new Map<string, PlayerKind>()
  for (const entry of suite.models) {
    const provider = createCheckedProvider(entry, environment)
    kinds.set(entry.spec, provider.playerKind)
    const { isBilled } = playerTraits(provider.playerKind)
    if (suite.runCostUsdMax !== undefined && isBilled && entry.prices === undefined) {
      throw new UserError(
        'suite-invalid',
        `${suite.file}: limits.runCostUsdMax is set, but the price of ${entry.spec} is unknown, so the cap cannot be kept. Set models[].prices (with source and date), or remove the cap.`,
      )
    }
    await provider.close?.()
  }
  return kinds
}

export function createCheckedProvider(
  entry: ModelEntry,
  environment: Readonly<Record<string, string | undefined>>,
  countTokens: TokenCounter = text => Math.ceil(text.length / 4),
): ModelProvider {
  return createModelProvider({
    entry,
    clock: systemClock,
    environment,
    countTokens,
    builtIns: builtInName,
  })
}

/** Takes the place of a built-in player where there is no task to play. */
function builtInName(spec: string): ModelProvider | undefined {
  const form = formOf(spec)
  if (form === undefined || builtInMaker(spec) === undefined) return undefined
  const message = `${spec} plays tasks and cannot be asked by itself`
  return {
    spec,
    playerKind: form.playerKind,
    ask: async () => ({ ok: false, failure: { class: 'bad-request', message }, latencyMs: 0 }),
  }
}
