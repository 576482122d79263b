import { describe, test } from 'vitest'
import { detectBubblewrap } from '../../src/os-sandbox/detect-bubblewrap.ts'

const state = await detectBubblewrap()

/** Tests that need a working sandbox: skipped in sight without one, failed where `SCRIPTBENCH_REQUIRE_SANDBOX=1`. */
export function describeSandboxed(name: string, body: () => void): void {
  if (state.kind === 'works') {
    describe(name, body)
  } else if (process.env.SCRIPTBENCH_REQUIRE_SANDBOX === '1') {
    test(name, () => {
      throw new Error(`SCRIPTBENCH_REQUIRE_SANDBOX=1, but ${state.reason}\n${state.remedy}`)
    })
  } else {
    describe.skip(`${name} (skipped: ${state.reason})`, body)
  }
}
