import build from '@jitl/quickjs-wasmfile-release-sync'
import type { QuickJSEmscriptenModule, QuickJSFFI, QuickJSSyncVariant } from 'quickjs-emscripten-core'
import { exportInternals, INTERNAL_EXPORTS } from './wasm-exports.ts'

// Its types describe the CommonJS file, Node loads the other one.
const variant = build as unknown as QuickJSSyncVariant
type ModuleLoader = (options?: object) => Promise<QuickJSEmscriptenModule>

const PAGE_BYTES = 64 * 1024
/** What the build asks for as its first memory; a smaller cap cannot be honoured. */
const INITIAL_PAGES = 256
/** What it can address. */
const PAGES_MAX = 32_768

export interface QuickJsModule {
  module: QuickJSEmscriptenModule
  ffi: QuickJSFFI
  memory: WebAssembly.Memory
  /** The table of function pointers, so that C can be given one more callback. */
  table: WebAssembly.Table
  stackPointer(): number
}

/**
 * Compiles the WASM build with two more exports. Emscripten's own loader reads the file; its call of
 * `WebAssembly.instantiate` is the one place where the bytes can be had without touching the file system here.
 * Runs in a worker's own global scope, once per engine.
 */
export async function compileQuickJs(): Promise<WebAssembly.Module> {
  const load = (await variant.importModuleLoader()) as ModuleLoader
  const instantiate = WebAssembly.instantiate
  let compiled: WebAssembly.Module | undefined
  const capture = async (bytes: Uint8Array<ArrayBuffer>, imports: WebAssembly.Imports) => {
    compiled = await WebAssembly.compile(exportInternals(bytes))
    return { module: compiled, instance: new WebAssembly.Instance(compiled, imports) }
  }
  WebAssembly.instantiate = capture as typeof WebAssembly.instantiate
  try {
    await load()
  } finally {
    WebAssembly.instantiate = instantiate
  }
  if (compiled === undefined) throw new Error('the QuickJS build was not instantiated through WebAssembly.instantiate')
  return compiled
}

/** A fresh instance with a memory of its own, which can never grow beyond `memoryBytesMax`. */
export async function instantiateQuickJs(compiled: WebAssembly.Module, memoryBytesMax: number): Promise<QuickJsModule> {
  const [load, FFI] = await Promise.all([variant.importModuleLoader(), variant.importFFI()])
  const maximum = Math.min(PAGES_MAX, Math.max(INITIAL_PAGES, Math.floor(memoryBytesMax / PAGE_BYTES)))
  const wasmMemory = new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum })
  let instance: WebAssembly.Instance | undefined
  const module = await (load as ModuleLoader)({
    wasmMemory,
    instantiateWasm: (imports: WebAssembly.Imports, onSuccess: (instance: WebAssembly.Instance) => void) => {
      instance = new WebAssembly.Instance(compiled, imports)
      onSuccess(instance)
      return instance.exports
    },
  })
  const exports = (instance as WebAssembly.Instance).exports
  const stackPointer = exports[INTERNAL_EXPORTS.stackPointer] as WebAssembly.Global
  return {
    module,
    ffi: new FFI(module),
    memory: wasmMemory,
    table: exports[INTERNAL_EXPORTS.table] as WebAssembly.Table,
    stackPointer: () => stackPointer.value,
  }
}
