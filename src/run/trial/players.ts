import { UserError } from '../../contracts/errors.ts'
import type { ModelProvider } from '../../contracts/model.ts'
import type { MODEL_FORMS, ModelKind } from '../../contracts/model-forms.ts'
import { createNop } from '../../model/players/nop.ts'
import { createOracle, type OracleOptions } from '../../model/players/oracle.ts'
import { createSimulated, parseMistakes } from '../../model/players/simulated.ts'
import { systemClock } from '../system-clock.ts'

type BuiltInKind = {
  [Kind in ModelKind]: (typeof MODEL_FORMS)[Kind] extends { isBuiltIn: true } ? Kind : never
}[ModelKind]

type MakePlayer = (options: OracleOptions & { seed: string }) => ModelProvider

/** How each built-in player is made: first its spec is checked, then it is made from what only a trial knows. */
const BUILT_INS: Record<BuiltInKind, (spec: string) => MakePlayer> = {
  oracle: () => createOracle,
  nop:
    () =>
    ({ countTokens }) =>
      createNop(countTokens),
  simulated(spec) {
    const mistakes = parseMistakes(spec.slice('simulated/'.length))
    if (!mistakes.ok) throw new UserError('model-unknown', `${spec}: ${mistakes.error}`)
    return options => createSimulated({ ...options, spec, mistakes: mistakes.value })
  },
}

/** What makes the player behind a spec; undefined for a spec of no built-in player. Throws a `UserError` for a wrong one. */
export function builtInMaker(spec: string): MakePlayer | undefined {
  const [kind = ''] = spec.split('/', 1)
  return Object.hasOwn(BUILT_INS, kind) ? BUILT_INS[kind as BuiltInKind](spec) : undefined
}

/** Players that come with the harness and need no key. They know the task, so each trial has its own. */
export function createBuiltInPlayer(
  spec: string,
  options: OracleOptions & { seed: string },
): ModelProvider | undefined {
  const make = builtInMaker(spec)
  return make && timed(make(options))
}

/** A player's thinking is the model's time, however short, and not the harness's. */
function timed(player: ModelProvider): ModelProvider {
  return {
    ...player,
    async ask(request, options) {
      const startedMs = systemClock.nowMs()
      const reply = await player.ask(request, options)
      return { ...reply, latencyMs: systemClock.nowMs() - startedMs }
    },
  }
}
