import { setImmediate } from 'node:timers/promises'

const TURN_MS = 20
let turnEndMs = 0

/** Yields to other work now and then: a hostile workspace or query can make a search long. */
export async function turn(): Promise<void> {
  if (performance.now() < turnEndMs) return
  await setImmediate()
  turnEndMs = performance.now() + TURN_MS
}
