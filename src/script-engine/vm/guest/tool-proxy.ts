import type { ToolErrors } from './tool-errors.ts'
import type { ToolFacade } from './tool-facade.ts'

/** Installs `tools`; the returned function forgets the functions it has made. Runs inside the guest. */
export function guestToolProxy(facade: ToolFacade, { describe }: ToolErrors): () => void {
  const toText = String
  const { create, defineProperty } = Object
  let callables: Record<string, unknown> = create(null)
  const ordinary = Object.prototype
  const tools = new Proxy(Object.create(null), {
    get: (_target, key) => {
      if (typeof key === 'symbol' || key === 'then' || key === 'toJSON' || key in ordinary) return undefined
      callables[key] ??= (...args: unknown[]) => facade.call(key, args)
      return callables[key]
    },
    has: (_target, key) => facade.isOffered(key),
    ownKeys: () => {
      const names = facade.offered()
      const keys: string[] = []
      for (let index = 0; index < names.length; index++) {
        defineProperty(keys, index, describe(names[index], true))
      }
      return keys
    },
    getOwnPropertyDescriptor: (_target, key) => (facade.isOffered(key) ? describe(tools[key], true) : undefined),
    getPrototypeOf: () => null,
    set: (_target, key) => {
      throw new TypeError(`tools.${toText(key)} cannot be assigned`)
    },
    defineProperty: () => false,
    deleteProperty: () => false,
    setPrototypeOf: () => false,
    preventExtensions: () => false,
  }) as Record<string | symbol, unknown>
  Object.defineProperty(globalThis, 'tools', { value: tools, writable: false, configurable: false })
  return () => {
    callables = create(null)
  }
}
