import { UserError } from '../../contracts/errors.ts'
import type { ModelProvider, PlayerKind } from '../../contracts/model.ts'
import { createNop } from '../../model/players/nop.ts'
import { createOracle, type OracleOptions } from '../../model/players/oracle.ts'
import { createSimulated, parseMistakes } from '../../model/players/simulated.ts'
import { systemClock } from '../system-clock.ts'

/** Players that come with the harness and need no key. They know the task, so they are made anew for each trial. */
export function createBuiltInPlayer(
  spec: string,
  options: OracleOptions & { seed: string },
): ModelProvider | undefined {
  if (spec === 'nop') return timed(createNop(options.countTokens))
  if (spec === 'oracle') return timed(createOracle(options))
  if (!spec.startsWith('simulated/')) return undefined
  const mistakes = parseMistakes(spec.slice('simulated/'.length))
  if (!mistakes.ok) throw new UserError('model-unknown', `${spec}: ${mistakes.error}`)
  return timed(createSimulated({ ...options, spec, mistakes: mistakes.value }))
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

const IS_TRUSTED: Readonly<Record<PlayerKind, boolean>> = {
  api: false,
  recorded: false,
  assisted: false,
  scripted: true,
  simulated: true,
  oracle: true,
  nop: true,
}

/** Whether everything a player does was written by the suite's author rather than by a model. */
export function isTrusted(playerKind: PlayerKind): boolean {
  return IS_TRUSTED[playerKind]
}
