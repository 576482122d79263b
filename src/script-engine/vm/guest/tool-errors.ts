interface ErrorFields {
  tool: string
  code: string
  callId?: string
  message: string
}

export interface ToolErrors {
  make(fields: ErrorFields, stack: string): Error
  /** The fields of our own `ToolError`. */
  fieldsOf(value: unknown): { tool: string; code: string } | undefined
  /** A property's descriptor without a prototype, in which the script could have put a `get`. */
  describe(value: unknown, isEnumerable: boolean): PropertyDescriptor
}

/** Installs `ToolError`. Runs inside the guest. */
export function guestToolErrors({ nameLengthMax }: { nameLengthMax: number }): ToolErrors {
  const NativeError = Error
  const toText = String
  const apply = Reflect.apply
  const { create, defineProperty } = Object
  const { add, has } = WeakSet.prototype
  const { indexOf, slice } = String.prototype
  const ours = new WeakSet<object>()

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

  function make(fields: ErrorFields, stack: string): ToolError {
    const error = new ToolError(fields.message, fields)
    defineProperty(error, 'stack', describe(ownFrames(stack), false))
    apply(add, ours, [error])
    return error
  }

  return {
    make,
    describe,
    fieldsOf: value => {
      if (typeof value !== 'object' || value === null || !apply(has, ours, [value])) return undefined
      const { tool, code } = value as ToolError
      return {
        tool: apply(slice, toText(tool), [0, nameLengthMax]),
        code: apply(slice, toText(code), [0, nameLengthMax]),
      }
    },
  }
}
