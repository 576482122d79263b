import { setImmediate } from 'node:timers/promises'

const TURN_MS = 20
let turnEndMs = 0

/** Lets others have a turn now and then: a hostile workspace or query may make a search long. */
export async function turn(): Promise<void> {
  if (performance.now() < turnEndMs) return
  await setImmediate()
  turnEndMs = performance.now() + TURN_MS
}
