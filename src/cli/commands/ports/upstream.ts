import { EXIT } from '../../../contracts/exit-codes.ts'
import {
  installUpstream,
  type UpstreamProgram,
  UpstreamUnavailable,
} from '../../../port-check/upstream/upstream-program.ts'
import { printNote } from '../../terminal/print.ts'

/** Ends the process at the first signal, with its children and temporary folders. */
export function exitOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(EXIT.interrupted))
}

/** Installs a release of the real program. If it is not available, prints a note and returns undefined. */
export async function obtainUpstream(spec: string): Promise<UpstreamProgram | undefined> {
  return skippingUnavailable(() => installUpstream(spec, { onInstall: what => printNote(`installing ${what} …`) }))
}

/** Does something with the real program; if it is not available, prints a note and sets the exit code. */
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
