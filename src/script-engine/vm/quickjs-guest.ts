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
export interface QuickJsGuest {
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
export function createQuickJsGuest(quickJs: QuickJsModule, handlers: GuestHandlers): QuickJsGuest {
  const { ffi, module, memory } = quickJs
  const runtime: JSRuntimePointer = ffi.QTS_NewRuntime()
  ffi.QTS_RuntimeSetMaxStackSize(runtime, 256 * 1024)
  const context: JSContextPointer = ffi.QTS_NewContext(runtime, 0 as never)
  const undefinedValue = ffi.QTS_GetUndefined()
  const argumentList = module._malloc(ARGUMENTS_MAX * POINTER_BYTES) as never
  const lastContext = module._malloc(POINTER_BYTES) as never
  const functions: Partial<Record<GuestFunction, JSValuePointer>> = {}

  /** True for a thrown value, which is handed on and freed. */
  function isThrown(result: JSValuePointer, onThrown?: (error: Address) => void): boolean {
    const error = ffi.QTS_ResolveException(context, result)
    if (error === 0) return false
    onThrown?.(error)
    ffi.QTS_FreeValuePointer(context, error)
    return true
  }

  function callValue(callee: Address, args: readonly Address[], onThrown?: (error: Address) => void) {
    new Uint32Array(memory.buffer, argumentList, ARGUMENTS_MAX).set(args)
    const result = ffi.QTS_Call(context, callee, undefinedValue, args.length, argumentList)
    if (isThrown(result, onThrown)) return undefined
    return result
  }

  function evaluate(code: string, file: string, onThrown: (error: Address) => void) {
    const bytes = encoder.encode(code)
    const pointer = module._malloc(bytes.length + 1)
    if (pointer === 0) return undefined
    const heap = new Uint8Array(memory.buffer)
    heap.set(bytes, pointer)
    heap[pointer + bytes.length] = 0
    const flags = (EvalFlags.JS_EVAL_TYPE_GLOBAL | EvalFlags.JS_EVAL_FLAG_STRICT) as EvalFlags
    const result = ffi.QTS_Eval(context, pointer as never, bytes.length, file, 0 as EvalDetectModule, flags)
    module._free(pointer)
    return isThrown(result, onThrown) ? undefined : result
  }

  function text(value: string): JSValuePointer {
    const bytes = Buffer.byteLength(value)
    const pointer = module._malloc(bytes + 1)
    if (pointer === 0) return 0 as JSValuePointer
    const target = new Uint8Array(memory.buffer, pointer, bytes + 1)
    target[encoder.encodeInto(value, target).written] = 0
    const result = ffi.QTS_NewString(context, pointer as never)
    module._free(pointer)
    return result
  }

  function isUndefined(value: Address): boolean {
    const words = new Uint32Array(memory.buffer)
    return words[(value + POINTER_BYTES) / 4] === words[(undefinedValue + POINTER_BYTES) / 4]
  }

  function readBoundedText(value: Address, bytesMax: number): string | undefined {
    const pointer = ffi.QTS_GetString(context, value)
    if (pointer === 0) return ''
    const heap = new Uint8Array(memory.buffer)
    const end = heap.indexOf(0, pointer)
    const result = end - pointer > bytesMax ? undefined : decoder.decode(heap.subarray(pointer, end))
    ffi.QTS_FreeCString(context, pointer)
    return result
  }
  const readText = (value: Address) => readBoundedText(value, Number.POSITIVE_INFINITY) as string

  const guest: QuickJsGuest = {
    evaluate,
    text,
    readText,
    readBoundedText,
    isUndefined,
    call: (name, args, onThrown) => {
      const result = callValue(functions[name] as JSValuePointer, args, onThrown)
      if (result === undefined) return false
      ffi.QTS_FreeValuePointer(context, result)
      return true
    },
    number: value => ffi.QTS_NewFloat64(context, value),
    readNumber: value => ffi.QTS_GetFloat64(context, value),
    free: value => ffi.QTS_FreeValuePointer(context, value),
    runJobs: (jobsMax, onThrown) => {
      const result = ffi.QTS_ExecutePendingJob(runtime, jobsMax, lastContext)
      // A count is a plain integer, whose upper word is zero; anything else is what a job threw.
      const isCount = new Int32Array(memory.buffer)[(result + POINTER_BYTES) / 4] === 0
      if (!isCount) onThrown(result)
      ffi.QTS_FreeValuePointer(context, result)
      return ffi.QTS_IsJobPending(runtime) !== 0
    },
    setStackBytesMax: bytes => ffi.QTS_RuntimeSetMaxStackSize(runtime, bytes),
  }

  module.callbacks = {
    callFunction: (_asyncify, _context, _self, count, list) => {
      handlers.onPost(index => (index < count ? ((list + index * VALUE_BYTES) as Address) : undefinedValue))
      return 0 as JSValuePointer
    },
    shouldInterrupt: () => (handlers.shouldInterrupt() ? 1 : 0),
    freeHostRef: () => {},
    loadModuleSource: () => 0 as never,
    normalizeModule: () => 0 as never,
  }
  installHandlers(quickJs, runtime, (promise, reason, isHandled) => {
    const flag = isHandled ? ffi.QTS_GetTrue() : ffi.QTS_GetFalse()
    guest.call('onRejection', [promise as JSValuePointer, reason as JSValuePointer, flag])
  })
  bindPrelude()
  return guest

  function bindPrelude(): void {
    const fail = (error: Address) => {
      throw new Error(`the guest prelude does not run: ${readText(error)}`)
    }
    const prelude = evaluate(preludeSource(), 'prelude', fail) as JSValuePointer
    const host = ffi.QTS_NewFunction(context, 'host', ARGUMENTS_MAX, false, HOST_FUNCTION)
    const list = callValue(prelude, [host], fail) as JSValuePointer
    for (const [index, name] of GUEST_FUNCTIONS.entries()) {
      functions[name] = ffi.QTS_GetPropNumber(context, list, index)
    }
    for (const value of [prelude, host, list]) ffi.QTS_FreeValuePointer(context, value)
  }
}
