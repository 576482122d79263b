import type { JsonObject } from '../../../src/contracts/json.ts'
import { BENCH_TOOL_NAMES, nothingToCall } from '../bench-tools.ts'
import { type Contender, MEMORY_BYTES_MAX, type Program, TIMEOUT_MS } from '../contender.ts'
import { importPeer } from '../peers/import-peer.ts'
import { programFunction, withinTime } from '../strip-program.ts'

interface Context {
  global: { set(name: string, value: unknown): Promise<void> }
  eval(code: string, options: object): Promise<unknown>
}
interface Isolate {
  readonly isDisposed: boolean
  createContext(): Promise<Context>
  dispose(): void
}
interface IsolatedVm {
  Isolate: new (options: { memoryLimit: number }) => Isolate
  Reference: new (value: unknown) => object
}

/** JSON both ways: faster than its structured copy for all but the smallest values. */
const GUEST = `const tools = {}
for (const name of ${JSON.stringify(BENCH_TOOL_NAMES)}) {
  tools[name] = async args =>
    JSON.parse(await hostCall.apply(undefined, [name, JSON.stringify(args)], { result: { promise: true, copy: true } }))
}
`

/** The package `isolated-vm`: a new isolate for each program, whose tools run without blocking either side. */
export const isolatedVm: Contender = {
  name: 'isolated-vm',
  isolation: 'a new V8 isolate for each script, in a thread of its own',
  open: async () => {
    const { default: ivm } = await importPeer<{ default: IsolatedVm }>('isolated-vm')
    return { run: program => runInIsolate(ivm, program), close: async () => undefined }
  },
}

async function runInIsolate(ivm: IsolatedVm, program: Program): Promise<unknown> {
  const { call = nothingToCall, timeoutMs = TIMEOUT_MS } = program
  const isolate = new ivm.Isolate({ memoryLimit: MEMORY_BYTES_MAX / 1024 / 1024 })
  try {
    const context = await isolate.createContext()
    const hostCall = async (tool: string, args: string) =>
      JSON.stringify(await call(tool, JSON.parse(args) as JsonObject))
    await context.global.set('hostCall', new ivm.Reference(hostCall))
    const code = `${GUEST};(${programFunction(program)})().then(value => JSON.stringify(value))`
    const json = await withinTime(timeoutMs + 1, context.eval(code, { promise: true, copy: true, timeout: timeoutMs }))
    return json === undefined ? undefined : JSON.parse(json as string)
  } finally {
    if (!isolate.isDisposed) isolate.dispose()
  }
}
