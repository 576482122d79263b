import { nothingToCall, toolFunctions } from '../bench-tools.ts'
import { CALLS_MAX, type Contender, MEMORY_BYTES_MAX, PAYLOAD_BYTES_MAX, TIMEOUT_MS } from '../contender.ts'
import { importPeer } from '../peers/import-peer.ts'

interface Runner {
  run(input: object): Promise<{ status: string; value?: unknown }>
}
interface RunPackage {
  createRunner(): Runner
  setMaxWorkers(count: number): void
}

/** The npm package `run`: it takes TypeScript, and keeps a pool of workers by itself. */
export const run: Contender = {
  name: 'run',
  isolation: 'QuickJS-NG in WASM, fresh context, in a pooled worker',
  open: async () => {
    const { createRunner, setMaxWorkers } = await importPeer<RunPackage>('run')
    setMaxWorkers(32)
    const runner = createRunner()
    return {
      run: async ({ source, call = nothingToCall, timeoutMs = TIMEOUT_MS, concurrentCallsMax = 1_000 }) => {
        const limits = {
          timeoutMs,
          memoryLimitBytes: MEMORY_BYTES_MAX,
          maxBridgeRequests: CALLS_MAX,
          maxInFlightBridgeRequests: concurrentCallsMax,
          maxResultBytes: PAYLOAD_BYTES_MAX,
          maxHostFunctionArgumentsBytes: PAYLOAD_BYTES_MAX,
          maxHostFunctionOutputBytes: PAYLOAD_BYTES_MAX,
        }
        const result = await runner.run({ source, hostFunctions: { tools: toolFunctions(call) }, limits })
        if (result.status !== 'completed') throw new Error(`the run was ${result.status}`)
        return result.value
      },
      close: async () => undefined,
    }
  },
}
