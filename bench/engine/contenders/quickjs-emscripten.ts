import type { JsonObject, JsonValue } from '../../../src/contracts/json.ts'
import { BENCH_TOOL_NAMES, nothingToCall } from '../bench-tools.ts'
import { type Contender, MEMORY_BYTES_MAX, type Program, TIMEOUT_MS } from '../contender.ts'
import { importPeer } from '../peers/import-peer.ts'
import { programFunction, withinTime } from '../strip-program.ts'

interface Handle {
  dispose(): void
}
interface Deferred {
  handle: Handle
  settled: Promise<void>
  resolve(value: Handle): void
  reject(value: Handle): void
}
type VmResult = { value: Handle; error?: undefined } | { error: Handle }
interface Context {
  global: Handle
  undefined: Handle
  runtime: {
    setMemoryLimit(bytes: number): void
    setInterruptHandler(shouldInterrupt: () => boolean): void
    executePendingJobs(): unknown
  }
  newObject(): Handle
  newString(text: string): Handle
  newError(message: string): Handle
  newPromise(): Deferred
  newFunction(name: string, body: (args: Handle) => Handle): Handle
  setProp(object: Handle, name: string, value: Handle): void
  getProp(object: Handle, name: string): Handle
  callFunction(callee: Handle, self: Handle, ...args: Handle[]): VmResult
  evalCode(code: string): VmResult
  resolvePromise(promise: Handle): Promise<VmResult>
  unwrapResult(result: VmResult): Handle
  dump(value: Handle): unknown
  dispose(): void
}
interface QuickJsPackage {
  newQuickJSWASMModule(): Promise<{ newContext(): Context }>
  shouldInterruptAfterDeadline(deadlineMs: number): () => boolean
}

/** The package `quickjs-emscripten` as its README uses it: one WASM module, a new context for each program. */
export const quickjsEmscripten: Contender = {
  name: 'quickjs-emscripten',
  isolation: 'QuickJS in WASM, fresh context, in its host’s thread',
  open: async () => {
    const peer = await importPeer<QuickJsPackage>('quickjs-emscripten')
    const module = await peer.newQuickJSWASMModule()
    return {
      run: async program => {
        const timeoutMs = program.timeoutMs ?? TIMEOUT_MS
        const context = module.newContext()
        context.runtime.setMemoryLimit(MEMORY_BYTES_MAX)
        context.runtime.setInterruptHandler(peer.shouldInterruptAfterDeadline(Date.now() + timeoutMs))
        const value = await withinTime(timeoutMs + 1, runInContext(context, program))
        // Only after a regular end: disposing of a context with pending promises aborts the whole module.
        context.dispose()
        return value
      },
      close: async () => undefined,
    }
  },
}

async function runInContext(context: Context, program: Program): Promise<unknown> {
  provideTools(context, program.call ?? nothingToCall)
  const promise = context.unwrapResult(context.evalCode(`(${programFunction(program)})()`))
  const resolved = context.resolvePromise(promise)
  promise.dispose()
  context.runtime.executePendingJobs()
  const handle = context.unwrapResult(await resolved)
  const value = context.dump(handle)
  handle.dispose()
  return value
}

function provideTools(context: Context, call: (tool: string, args: JsonObject) => Promise<JsonValue>): void {
  const tools = context.newObject()
  for (const name of BENCH_TOOL_NAMES) {
    const body = context.newFunction(name, args => {
      const deferred = context.newPromise()
      const settle = (settleWith: (value: Handle) => void, value: Handle) => {
        settleWith(value)
        value.dispose()
      }
      call(name, context.dump(args) as JsonObject).then(
        value => settle(deferred.resolve, toHandle(context, value)),
        error => settle(deferred.reject, context.newError(String(error))),
      )
      void deferred.settled.then(() => context.runtime.executePendingJobs())
      return deferred.handle
    })
    context.setProp(tools, name, body)
    body.dispose()
  }
  context.setProp(context.global, 'tools', tools)
  tools.dispose()
}

function toHandle(context: Context, value: JsonValue): Handle {
  const json = context.getProp(context.global, 'JSON')
  const parse = context.getProp(json, 'parse')
  const text = context.newString(JSON.stringify(value))
  const parsed = context.unwrapResult(context.callFunction(parse, context.undefined, text))
  for (const handle of [json, parse, text]) handle.dispose()
  return parsed
}
