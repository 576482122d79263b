import { createTokenCounter } from '../model/token-counter.ts'
import { type ChosenSandbox, chooseSandbox } from '../run/choose-sandbox.ts'
import type { RunContext } from '../run/compose-trial.ts'
import { systemClock } from '../run/system-clock.ts'
import { createScriptEngine } from '../script-engine/create-script-engine.ts'
import { loadSuite } from '../suite/load-suite.ts'
import type { BenchFolder } from './bench-folder.ts'

/** The parts that `run` would hand to every trial, with as many turns as a measurement needs. */
export async function createBenchContext({ suiteFile }: BenchFolder, turnsMax: number): Promise<RunContext> {
  const suite = await loadSuite(suiteFile)
  return {
    suite: { ...suite, limits: { ...suite.limits, turnsMax, toolCallsMax: turnsMax * 8 } },
    factorModules: [],
    engine: createScriptEngine({ workers: 1 }),
    sandbox: await benchSandbox(),
    clock: systemClock,
    countTokens: await createTokenCounter(),
    environment: {},
  }
}

/** Bubblewrap where it works, so that the measurement is that of a real run. */
export function benchSandbox(): Promise<ChosenSandbox> {
  return chooseSandbox({ mechanism: 'auto', policy: 'workspace-write', isTrusted: true, isMeasured: false })
}
