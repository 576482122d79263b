/** Bounds for what calls may carry out of the guest, in characters. */
export interface CallBounds {
  argumentsLengthMax: number
  /** All calls of a script together. */
  argumentsLengthTotalMax: number
  nameLengthMax: number
  stackLengthMax: number
}

export interface ToolFacade {
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
export function guestToolFacade(bounds: CallBounds, post: PostCall): ToolFacade {
  const Native = Promise
  const NativeError = Error
  const stringify = JSON.stringify
  const toText = String
  const apply = Reflect.apply
  const isArray = Array.isArray
  const reject = Promise.reject
  const { create, defineProperty } = Object
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

  /** Without a prototype, in which the script could have put a `get`. */
  function describe(value: unknown, isEnumerable: boolean): PropertyDescriptor {
    const descriptor: PropertyDescriptor = create(null)
    descriptor.value = value
    descriptor.writable = true
    descriptor.enumerable = isEnumerable
    descriptor.configurable = true
    return descriptor
  }

  class ToolError extends NativeError {
    declare tool: string
    declare code: string
    declare callId: string | undefined
    constructor(message?: string, fields?: Partial<ErrorFields>) {
      super(message)
      const { tool, code, callId } = fields ?? {}
      defineProperty(this, 'tool', describe(tool, true))
      defineProperty(this, 'code', describe(code, true))
      defineProperty(this, 'callId', describe(callId, true))
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
    defineProperty(error, 'stack', describe(ownFrames(stack), false))
    apply(add, ours, [error])
    return error
  }

  function call(tool: string, args: readonly unknown[]): Promise<unknown> {
    const stack = apply(slice, new NativeError().stack ?? '', [0, bounds.stackLengthMax])
    const refuse = (code: string, message: string): Promise<unknown> =>
      apply(reject, Native, [toolError({ tool, code, message }, stack)])
    if (tool.length > bounds.nameLengthMax) {
      const start = apply(slice, tool, [0, bounds.nameLengthMax])
      return refuse('unknown-tool', `there is no tool \`${start}…\``)
    }
    // The bridge carries names up to the first such character.
    if (apply(indexOf, tool, ['\0']) >= 0) return refuse('unknown-tool', 'there is no tool of that name')
    const refuseCount = () => refuse('too-many-calls', `a script may make at most ${callsMax} tool calls`)
    if (calls >= callsMax) return refuseCount()
    const isPlain = typeof args[0] !== 'object' && args[0] !== undefined
    if (args.length > 1 || isPlain || isArray(args[0])) {
      return refuse('invalid-arguments', `tools.${tool} takes one object of named arguments: tools.${tool}({ … })`)
    }
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
    // What the arguments' toJSON called has counted meanwhile.
    if (calls >= callsMax) return refuseCount()
    calls += 1
    const id = calls
    const json = argsJson
    return new Native((resolve, reject) => {
      pending[id] = { resolve, reject, stack }
      post(id, tool, json, stack)
    })
  }

  function isOffered(key: string | symbol): boolean {
    for (let index = 0; index < names.length; index++) if (names[index] === key) return true
    return false
  }

  const ordinary = Object.prototype
  const facade = new Proxy(Object.create(null), {
    get: (_target, key) => {
      if (typeof key === 'symbol' || key === 'then' || key === 'toJSON' || key in ordinary) return undefined
      callables[key] ??= (...args: unknown[]) => call(key, args)
      return callables[key]
    },
    has: (_target, key) => isOffered(key),
    ownKeys: () => {
      const keys: string[] = []
      for (let index = 0; index < names.length; index++) {
        defineProperty(keys, index, describe(names[index], true))
      }
      return keys
    },
    getOwnPropertyDescriptor: (_target, key) => (isOffered(key) ? describe(facade[key], true) : undefined),
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
      const { nameLengthMax } = bounds
      return {
        tool: apply(slice, toText(tool), [0, nameLengthMax]),
        code: apply(slice, toText(code), [0, nameLengthMax]),
      }
    },
  }
}
