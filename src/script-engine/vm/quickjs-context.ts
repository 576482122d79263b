import {
  type EvalDetectModule,
  EvalFlags,
  type HostRefId,
  type JSContextPointer,
  type JSRuntimePointer,
  type JSValueConstPointer,
  type JSValuePointer,
} from 'quickjs-emscripten-core'
import { GUEST_FUNCTIONS, type GuestFunction, preludeSource } from './guest/prelude.ts'
import { installHandlers } from './quickjs-layout.ts'
import type { QuickJsModule } from './quickjs-module.ts'

const ARGUMENTS_MAX = 5
const POINTER_BYTES = 4
const VALUE_BYTES = 8
const HOST_FUNCTION = 1 as HostRefId

export type Address = JSValuePointer | JSValueConstPointer

/** A QuickJS context with the prelude in it: values in and out, and nothing about scripts. */
export interface QuickJsContext {
  /** Evaluates; `undefined` means it threw and `onThrown` was given the error. */
  evaluate(code: string, file: string, onThrown: (error: Address) => void): JSValuePointer | undefined
  /** Calls a function of the prelude; false when it threw. */
  call(name: GuestFunction, args: readonly Address[], onThrown?: (error: Address) => void): boolean
  text(value: string): JSValuePointer
  number(value: number): JSValuePointer
  readText(value: Address): string
  /** `undefined` for a text of more bytes of UTF-8. */
  readBoundedText(value: Address, bytesMax: number): string | undefined
  isUndefined(value: Address): boolean
  readNumber(value: Address): number
  free(value: JSValuePointer): void
  /** Runs queued jobs, at most `jobsMax`; false when none is left. */
  runJobs(jobsMax: number, onThrown: (error: Address) => void): boolean
  setStackBytesMax(bytes: number): void
}

interface GuestHandlers {
  /** The prelude called its host function: `argument(0)` is the kind. Must not throw. */
  onPost(argument: (index: number) => Address): void
  /** Must not throw. */
  shouldInterrupt(): boolean
}

const encoder = new TextEncoder()
// Otherwise it would drop a mark at the beginning of a text.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Boots a context: prelude evaluated, handlers installed. */
export function createQuickJsContext(quickJs: QuickJsModule, handlers: GuestHandlers): QuickJsContext {
  return new BootedGuest(quickJs, handlers)
}

class BootedGuest implements QuickJsContext {
  readonly #quickJs: QuickJsModule
  readonly #runtime: JSRuntimePointer
  readonly #context: JSContextPointer
  readonly #undefined: Address
  readonly #argumentList: never
  readonly #lastContext: never
  readonly #functions: Partial<Record<GuestFunction, JSValuePointer>> = {}

  constructor(quickJs: QuickJsModule, handlers: GuestHandlers) {
    const { ffi, module } = quickJs
    this.#quickJs = quickJs
    this.#runtime = ffi.QTS_NewRuntime()
    ffi.QTS_RuntimeSetMaxStackSize(this.#runtime, 256 * 1024)
    this.#context = ffi.QTS_NewContext(this.#runtime, 0 as never)
    this.#undefined = ffi.QTS_GetUndefined()
    this.#argumentList = module._malloc(ARGUMENTS_MAX * POINTER_BYTES) as never
    this.#lastContext = module._malloc(POINTER_BYTES) as never
    this.#install(handlers)
    this.#bindPrelude()
  }

  evaluate(code: string, file: string, onThrown: (error: Address) => void): JSValuePointer | undefined {
    const { ffi, module, memory } = this.#quickJs
    const bytes = encoder.encode(code)
    const pointer = module._malloc(bytes.length + 1)
    if (pointer === 0) return undefined
    const heap = new Uint8Array(memory.buffer)
    heap.set(bytes, pointer)
    heap[pointer + bytes.length] = 0
    const flags = (EvalFlags.JS_EVAL_TYPE_GLOBAL | EvalFlags.JS_EVAL_FLAG_STRICT) as EvalFlags
    const result = ffi.QTS_Eval(this.#context, pointer as never, bytes.length, file, 0 as EvalDetectModule, flags)
    module._free(pointer)
    return this.#isThrown(result, onThrown) ? undefined : result
  }

  call(name: GuestFunction, args: readonly Address[], onThrown?: (error: Address) => void): boolean {
    const result = this.#callValue(this.#functions[name] as JSValuePointer, args, onThrown)
    if (result === undefined) return false
    this.free(result)
    return true
  }

  text(value: string): JSValuePointer {
    const { ffi, module, memory } = this.#quickJs
    const bytes = Buffer.byteLength(value)
    const pointer = module._malloc(bytes + 1)
    if (pointer === 0) return 0 as JSValuePointer
    const target = new Uint8Array(memory.buffer, pointer, bytes + 1)
    target[encoder.encodeInto(value, target).written] = 0
    const result = ffi.QTS_NewString(this.#context, pointer as never)
    module._free(pointer)
    return result
  }

  number(value: number): JSValuePointer {
    return this.#quickJs.ffi.QTS_NewFloat64(this.#context, value)
  }

  readText(value: Address): string {
    return this.readBoundedText(value, Number.POSITIVE_INFINITY) as string
  }

  readBoundedText(value: Address, bytesMax: number): string | undefined {
    const { ffi, memory } = this.#quickJs
    const pointer = ffi.QTS_GetString(this.#context, value)
    if (pointer === 0) return ''
    const heap = new Uint8Array(memory.buffer)
    const end = heap.indexOf(0, pointer)
    const result = end - pointer > bytesMax ? undefined : decoder.decode(heap.subarray(pointer, end))
    ffi.QTS_FreeCString(this.#context, pointer)
    return result
  }

  isUndefined(value: Address): boolean {
    const words = new Uint32Array(this.#quickJs.memory.buffer)
    return words[(value + POINTER_BYTES) / 4] === words[(this.#undefined + POINTER_BYTES) / 4]
  }

  readNumber(value: Address): number {
    return this.#quickJs.ffi.QTS_GetFloat64(this.#context, value)
  }

  free(value: JSValuePointer): void {
    this.#quickJs.ffi.QTS_FreeValuePointer(this.#context, value)
  }

  runJobs(jobsMax: number, onThrown: (error: Address) => void): boolean {
    const { ffi, memory } = this.#quickJs
    const result = ffi.QTS_ExecutePendingJob(this.#runtime, jobsMax, this.#lastContext)
    // A count is a plain integer, whose upper word is zero; anything else is what a job threw.
    const isCount = new Int32Array(memory.buffer)[(result + POINTER_BYTES) / 4] === 0
    if (!isCount) onThrown(result)
    this.free(result)
    return ffi.QTS_IsJobPending(this.#runtime) !== 0
  }

  setStackBytesMax(bytes: number): void {
    this.#quickJs.ffi.QTS_RuntimeSetMaxStackSize(this.#runtime, bytes)
  }

  /** True for a thrown value, which is handed on and freed. */
  #isThrown(result: JSValuePointer, onThrown?: (error: Address) => void): boolean {
    const error = this.#quickJs.ffi.QTS_ResolveException(this.#context, result)
    if (error === 0) return false
    onThrown?.(error)
    this.free(error)
    return true
  }

  #callValue(callee: Address, args: readonly Address[], onThrown?: (error: Address) => void) {
    const { ffi, memory } = this.#quickJs
    new Uint32Array(memory.buffer, this.#argumentList, ARGUMENTS_MAX).set(args)
    const result = ffi.QTS_Call(this.#context, callee, this.#undefined, args.length, this.#argumentList)
    return this.#isThrown(result, onThrown) ? undefined : result
  }

  #install(handlers: GuestHandlers): void {
    const { ffi, module } = this.#quickJs
    module.callbacks = {
      callFunction: (_asyncify, _context, _self, count, list) => {
        handlers.onPost(index => (index < count ? ((list + index * VALUE_BYTES) as Address) : this.#undefined))
        return 0 as JSValuePointer
      },
      shouldInterrupt: () => (handlers.shouldInterrupt() ? 1 : 0),
      freeHostRef: () => {},
      loadModuleSource: () => 0 as never,
      normalizeModule: () => 0 as never,
    }
    installHandlers(this.#quickJs, this.#runtime, (promise, reason, isHandled) => {
      const flag = isHandled ? ffi.QTS_GetTrue() : ffi.QTS_GetFalse()
      this.call('onRejection', [promise as JSValuePointer, reason as JSValuePointer, flag])
    })
  }

  #bindPrelude(): void {
    const { ffi } = this.#quickJs
    const fail = (error: Address) => {
      throw new Error(`the guest prelude does not run: ${this.readText(error)}`)
    }
    const prelude = this.evaluate(preludeSource(), 'prelude', fail) as JSValuePointer
    const host = ffi.QTS_NewFunction(this.#context, 'host', ARGUMENTS_MAX, false, HOST_FUNCTION)
    const list = this.#callValue(prelude, [host], fail) as JSValuePointer
    for (const [index, name] of GUEST_FUNCTIONS.entries()) {
      this.#functions[name] = ffi.QTS_GetPropNumber(this.#context, list, index)
    }
    for (const value of [prelude, host, list]) this.free(value)
  }
}
