/** The part of the WebAssembly JavaScript interface used here; the compiler's own copy comes only with the DOM. */
declare namespace WebAssembly {
  type Imports = Record<string, Record<string, unknown>>
  interface Module {
    readonly [Symbol.toStringTag]?: string
  }
  interface Instance {
    readonly exports: Record<string, unknown>
  }
  interface Memory {
    readonly buffer: ArrayBuffer
    grow(pages: number): number
  }
  interface Table {
    readonly length: number
    grow(count: number, value?: unknown): number
  }
  interface Global {
    value: number
  }
  const Module: new (bytes: Uint8Array<ArrayBuffer>) => Module
  const Instance: new (module: Module, imports?: Imports) => Instance
  const Memory: new (limits: { initial: number; maximum?: number }) => Memory
  function compile(bytes: Uint8Array<ArrayBuffer>): Promise<Module>
  let instantiate: (bytes: Uint8Array<ArrayBuffer>, imports: Imports) => Promise<{ module: Module; instance: Instance }>
}
