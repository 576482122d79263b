/** Bounds for what calls may carry out of the guest, in characters. */
export interface CallBounds {
  argumentsLengthMax: number
  /** All calls of a script together. */
  argumentsLengthTotalMax: number
  nameLengthMax: number
  stackLengthMax: number
}

export interface GuestTools {
  begin(names: readonly string[], callsMax: number): void
  /** Settles one call; false when the id is no pending call. */
  settle(id: number, isOk: boolean, value: unknown): boolean
  /** The fields of a `ToolError` of ours. */
  toolErrorFields(value: unknown): { tool: string; code: string } | undefined
}

type PostCall = (id: number, tool: string, argsJson: string, stack: string) => void

interface ErrorFields {
  tool: string
  code: string
  callId?: string
  message: string
}

/**
 * Installs `tools` and `ToolError`. A call starts at once; its promise stands in a table until the host settles it.
 * Runs inside the guest.
 */
export function guestTools(bounds: CallBounds, post: PostCall): GuestTools {
  const Native = Promise
  const NativeError = Error
  const stringify = JSON.stringify
  const toText = String
  const apply = Reflect.apply
  const { add, has } = WeakSet.prototype
  const { indexOf, slice } = String.prototype
  const ours = new WeakSet<object>()
  interface Pending {
    resolve(value: unknown): void
    reject(reason: unknown): void
    stack: string
  }
  const pending: Record<number, Pending> = Object.create(null)
  let callables: Record<string, unknown> = Object.create(null)
  let names: readonly string[] = []
  let calls = 0
  let argumentsLength = 0
  let callsMax = 0

  class ToolError extends NativeError {
    declare tool: string
    declare code: string
    declare callId: string | undefined
    constructor(message?: string, fields?: Partial<ErrorFields>) {
      super(message)
      const { tool, code, callId } = fields ?? {}
      for (const [key, value] of [
        ['tool', tool],
        ['code', code],
        ['callId', callId],
      ] as const) {
        Object.defineProperty(this, key, { value, writable: true, enumerable: true, configurable: true })
      }
    }
  }
  Object.defineProperty(ToolError.prototype, 'name', { value: 'ToolError', writable: true, configurable: true })
  Object.defineProperty(globalThis, 'ToolError', { value: ToolError, writable: true, configurable: true })

  /** Without the lines that lie in the prelude. */
  function ownFrames(stack: string): string {
    let kept = ''
    let start = 0
    while (start < stack.length) {
      const next = apply(indexOf, stack, ['\n', start])
      const end = next < 0 ? stack.length : next + 1
      const line = apply(slice, stack, [start, end])
      if (apply(indexOf, line, ['(prelude:']) < 0) kept += line
      start = end
    }
    return kept
  }

  function toolError(fields: ErrorFields, stack: string): ToolError {
    const error = new ToolError(fields.message, fields)
    Object.defineProperty(error, 'stack', { value: ownFrames(stack), writable: true, configurable: true })
    apply(add, ours, [error])
    return error
  }

  function call(tool: string, args: readonly unknown[]): Promise<unknown> {
    const stack = apply(slice, new NativeError().stack ?? '', [0, bounds.stackLengthMax])
    const refuse = (code: string, message: string) => Native.reject(toolError({ tool, code, message }, stack))
    if (tool.length > bounds.nameLengthMax) {
      const start = apply(slice, tool, [0, bounds.nameLengthMax])
      return refuse('unknown-tool', `there is no tool \`${start}…\``)
    }
    if (calls >= callsMax) return refuse('too-many-calls', `a script may make at most ${callsMax} tool calls`)
    if (args.length > 1) return refuse('invalid-arguments', `tools.${tool} takes one object of named arguments`)
    let argsJson: string | undefined
    try {
      argsJson = args[0] === undefined ? '{}' : stringify(args[0])
    } catch (cause) {
      return refuse('invalid-arguments', `the arguments of tools.${tool} are not JSON: ${toText(cause)}`)
    }
    if (argsJson === undefined) return refuse('invalid-arguments', `the arguments of tools.${tool} are not JSON`)
    argumentsLength += argsJson.length
    if (argsJson.length > bounds.argumentsLengthMax || argumentsLength > bounds.argumentsLengthTotalMax) {
      const [one, all] = [bounds.argumentsLengthMax, bounds.argumentsLengthTotalMax]
      const text = `the arguments of tools.${tool} are ${argsJson.length} characters of JSON`
      return refuse('invalid-arguments', `${text}; a call may have ${one}, all calls of a script ${all}`)
    }
    calls += 1
    const id = calls
    const json = argsJson
    return new Native((resolve, reject) => {
      pending[id] = { resolve, reject, stack }
      post(id, tool, json, stack)
    })
  }

  const ordinary = Object.prototype
  const facade = new Proxy(Object.create(null), {
    get: (_target, key) => {
      if (typeof key === 'symbol' || key === 'then' || key === 'toJSON' || key in ordinary) return undefined
      callables[key] ??= (...args: unknown[]) => call(key, args)
      return callables[key]
    },
    has: (_target, key) => {
      for (const name of names) if (name === key) return true
      return false
    },
    ownKeys: () => [...names],
    getOwnPropertyDescriptor: (_target, key) => {
      for (const name of names) {
        if (name === key) return { value: facade[key], enumerable: true, configurable: true, writable: false }
      }
      return undefined
    },
    getPrototypeOf: () => null,
    set: (_target, key) => {
      throw new TypeError(`tools.${toText(key)} cannot be assigned`)
    },
    defineProperty: () => false,
    deleteProperty: () => false,
    setPrototypeOf: () => false,
    preventExtensions: () => false,
  }) as Record<string | symbol, unknown>
  Object.defineProperty(globalThis, 'tools', { value: facade, writable: false, configurable: false })

  return {
    begin: (offered, max) => {
      names = offered
      callsMax = max
      calls = 0
      callables = Object.create(null)
    },
    settle: (id, isOk, value) => {
      const entry = pending[id]
      if (entry === undefined) return false
      delete pending[id]
      if (isOk) entry.resolve(value)
      else entry.reject(toolError(value as ErrorFields, entry.stack))
      return true
    },
    toolErrorFields: value => {
      if (typeof value !== 'object' || value === null || !apply(has, ours, [value])) return undefined
      const { tool, code } = value as ToolError
      return { tool: toText(tool), code: toText(code) }
    },
  }
}
