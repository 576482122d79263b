import type { JSRuntimePointer } from 'quickjs-emscripten-core'
import type { QuickJsModule } from './quickjs-module.ts'

const PROBE_BYTES = 1024 * 1024
const PAGE_BYTES = 4096
const RUNTIME_WORDS = 128

/**
 * A WASM function of the type of QuickJS's `JSHostPromiseRejectionTracker` (JSValue is an i64 here). It stores promise
 * and reason at the address that QuickJS passes along, then calls the host with `is_handled`:
 *
 * (func (export "t") (param i32 i64 i64 i32 i32)
 *   (i64.store offset=0 (local.get 4) (local.get 1))
 *   (i64.store offset=8 (local.get 4) (local.get 2))
 *   (call $f (local.get 3)))
 */
const TRACKER_WASM = Uint8Array.from([
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
  ...[0x01, 0x0d, 0x02, 0x60, 0x01, 0x7f, 0x00, 0x60, 0x05, 0x7f, 0x7e, 0x7e, 0x7f, 0x7f, 0x00],
  ...[0x02, 0x0e, 0x02, 0x01, 0x68, 0x01, 0x6d, 0x02, 0x00, 0x01, 0x01, 0x68, 0x01, 0x66, 0x00, 0x00],
  ...[0x03, 0x02, 0x01, 0x01],
  ...[0x07, 0x05, 0x01, 0x01, 0x74, 0x00, 0x01],
  ...[0x0a, 0x16, 0x01, 0x14, 0x00],
  ...[0x20, 0x04, 0x20, 0x01, 0x37, 0x03, 0x00, 0x20, 0x04, 0x20, 0x02, 0x37, 0x03, 0x08, 0x20, 0x03, 0x10, 0x00, 0x0b],
])

/** The rejected promise and its reason, as addresses of JavaScript values. */
export type OnRejection = (promise: number, reason: number, isHandled: boolean) => void

/**
 * Turns on the interrupt handler and, in the fields that follow it in `JSRuntime` (quickjs.c: interrupt_handler,
 * interrupt_opaque, host_promise_rejection_tracker, …_opaque, job_list), the rejection tracker, for which the build
 * has no function. The place is found, not assumed: it is the word that changes, and `job_list`, being empty, must
 * point to itself.
 */
export function installHandlers(quickJs: QuickJsModule, runtime: JSRuntimePointer, onRejection: OnRejection): void {
  const { ffi, module, memory, table } = quickJs
  const words = () => new Int32Array(memory.buffer, runtime, RUNTIME_WORDS)
  const before = words().slice()
  ffi.QTS_RuntimeEnableInterruptHandler(runtime)
  const after = words()
  const handler = after.findIndex((word, index) => word !== before[index])
  const jobList = handler + 4
  const jobListAddress = runtime + jobList * 4
  if (handler < 0 || after[jobList] !== jobListAddress || after[jobList + 1] !== jobListAddress) {
    throw new Error('this build of QuickJS lays out JSRuntime in another way')
  }
  const scratch = module._malloc(16)
  const stub = new WebAssembly.Instance(new WebAssembly.Module(TRACKER_WASM), {
    h: { m: memory, f: (isHandled: number) => onRejection(scratch, scratch + 8, isHandled !== 0) },
  })
  const slot = table.grow(1, stub.exports.t)
  words().set([slot, scratch], handler + 2)
}

/**
 * Finds the variable in which the C library keeps the end of the heap: of the static words that a large allocation
 * moves, the one that ends up highest, beyond the block. Returns a reader of it.
 */
export function findHeapEnd(quickJs: QuickJsModule, stackTop: number): () => number {
  const { module, memory } = quickJs
  const before = Buffer.from(memory.buffer.slice(0, stackTop))
  const block = module._malloc(PROBE_BYTES)
  const after = Buffer.from(memory.buffer, 0, before.length)
  let address = -1
  let highest = block + PROBE_BYTES - 1
  for (let page = 0; page < before.length; page += PAGE_BYTES) {
    const end = Math.min(before.length, page + PAGE_BYTES)
    if (before.compare(after, page, end, page, end) === 0) continue
    for (let at = page; at + 4 <= end; at += 4) {
      const value = after.readInt32LE(at)
      if (value === before.readInt32LE(at) || value <= highest || value > memory.buffer.byteLength) continue
      highest = value
      address = at
    }
  }
  module._free(block)
  if (address < 0) throw new Error('this build of QuickJS keeps the end of its heap in an unknown place')
  return () => new DataView(memory.buffer).getInt32(address, true)
}
