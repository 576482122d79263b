import { createTokenCounter } from '../../src/model/token-counter.ts'
import { type ChosenSandbox, chooseSandbox } from '../../src/run/choose-sandbox.ts'
import { systemClock } from '../../src/run/system-clock.ts'
import type { RunContext } from '../../src/run/trial/compose-trial.ts'
import { createScriptEngine } from '../../src/script-engine/create-script-engine.ts'
import { loadSuite } from '../../src/suite/load-suite.ts'
import type { BenchFolder } from './bench-folder.ts'

/** The parts that `run` would hand to every trial, with as many turns as a measurement needs. */
export async function createBenchContext({ suiteFile }: BenchFolder, turnsMax: number): Promise<RunContext> {
  const suite = await loadSuite(suiteFile)
  return {
    run: 'bench',
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
