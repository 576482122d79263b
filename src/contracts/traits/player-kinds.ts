import type { PlayerKind } from '../model.ts'

/** What distinguishes one player kind from another. Code asks for a trait, never for a kind by name. */
export interface PlayerKindTraits {
  /** Its trials are evidence about models. */
  isEvidence: boolean
  /** Its requests can cost money. */
  isBilled: boolean
  /** The author of the suite wrote every command it runs, so it can run without a sandbox. */
  isTrusted: boolean
  /** Solves every task whose verifier and solution are stable: where it fails, the task is at fault. */
  provesTasks: boolean
  /** Makes different mistakes in different arms, which a comparison must find. */
  hasPlantedEffect: boolean
}

const MODEL = { isEvidence: true, isBilled: false, isTrusted: false, provesTasks: false, hasPlantedEffect: false }
const BUILT_IN = { isEvidence: false, isBilled: false, isTrusted: true, provesTasks: false, hasPlantedEffect: false }

export const PLAYER_KIND_TRAITS: Readonly<Record<PlayerKind, PlayerKindTraits>> = {
  api: { ...MODEL, isBilled: true },
  recorded: MODEL,
  assisted: { ...MODEL, isEvidence: false, isBilled: true },
  scripted: BUILT_IN,
  simulated: { ...BUILT_IN, hasPlantedEffect: true },
  oracle: { ...BUILT_IN, provesTasks: true },
  nop: BUILT_IN,
}

export const PLAYER_KINDS = Object.keys(PLAYER_KIND_TRAITS) as PlayerKind[]
