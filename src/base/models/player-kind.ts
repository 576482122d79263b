import type { PlayerKind } from '../../contracts/model.ts'
import { PLAYER_KIND_TRAITS, type PlayerKindTraits } from '../../contracts/traits/player-kinds.ts'

/** The row of a player kind. A log from elsewhere can name an unknown kind: nothing is claimed of it, as of `assisted`. */
export function playerTraits(kind: PlayerKind): PlayerKindTraits {
  return PLAYER_KIND_TRAITS[Object.hasOwn(PLAYER_KIND_TRAITS, kind) ? kind : 'assisted']
}

/** Whether trials of this kind of player are evidence about models. */
export function isEvidence(kind: PlayerKind): boolean {
  return playerTraits(kind).isEvidence
}
