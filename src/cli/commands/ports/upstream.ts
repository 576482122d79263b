import { EXIT } from '../../../contracts/exit-codes.ts'
import {
  installUpstream,
  type UpstreamProgram,
  UpstreamUnavailable,
} from '../../../port-check/upstream/upstream-program.ts'
import { printNote } from '../../terminal/print.ts'

/** Ends the process at the first signal; what it has running and lying about goes with it. */
export function exitOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(EXIT.interrupted))
}

/** Installs a release of the real program. Where it cannot be had a line says so, and the result is undefined. */
export async function obtainUpstream(spec: string): Promise<UpstreamProgram | undefined> {
  return skippingUnavailable(() => installUpstream(spec, { onInstall: what => printNote(`installing ${what} …`) }))
}

/** Does something with the real program; where that is not to be had a line says so, and the exit code. */
export async function skippingUnavailable<Value>(work: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof UpstreamUnavailable)) throw error
    printNote(`skipped: ${error.message}`)
    process.exitCode = EXIT.nothingRan
    return undefined
  }
}
