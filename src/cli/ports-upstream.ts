import { EXIT } from '../contracts/exit-codes.ts'
import { installUpstream, type UpstreamProgram, UpstreamUnavailable } from '../port-check/upstream/upstream-program.ts'
import { printNote } from './print.ts'

/** Installs a release of the real program. Where it cannot be had a line says so, and the result is undefined. */
export async function obtainUpstream(spec: string): Promise<UpstreamProgram | undefined> {
  return skippingUnavailable(() => installUpstream(spec))
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
