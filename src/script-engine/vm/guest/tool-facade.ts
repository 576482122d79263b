import type { ReadArguments } from './tool-arguments.ts'
import type { ToolErrors } from './tool-errors.ts'

/** Limits on what calls can send out of the guest, in characters. */
export interface CallBounds {
  argumentsLengthMax: number
  /** All calls of a script together. */
  argumentsLengthTotalMax: number
  nameLengthMax: number
  stackLengthMax: number
}

export interface ToolFacade {
  begin(names: readonly string[], callsMax: number): void
  /** Settles one call; false when no call with this id is pending. */
  settle(id: number, isOk: boolean, value: unknown): boolean
  call(tool: string, args: readonly unknown[]): Promise<unknown>
  isOffered(key: string | symbol): boolean
  offered(): readonly string[]
}

export interface FacadeParts {
  errors: ToolErrors
  readArguments: ReadArguments
  post(id: number, tool: string, argsJson: string, stack: string): void
}

/** Makes the calls: a call starts immediately, and its promise is in a table until the host settles it. Runs inside the guest. */
export function guestToolFacade(bounds: CallBounds, { errors, readArguments, post }: FacadeParts): ToolFacade {
  const Native = Promise
  const NativeError = Error
  const apply = Reflect.apply
  const reject = Promise.reject
  const { create } = Object
  const { indexOf, slice } = String.prototype
  interface Pending {
    resolve(value: unknown): void
    reject(reason: unknown): void
    stack: string
  }
  const pending: Record<number, Pending> = create(null)
  let names: readonly string[] = []
  let calls = 0
  let callsMax = 0

  function call(tool: string, args: readonly unknown[]): Promise<unknown> {
    const stack = apply(slice, new NativeError().stack ?? '', [0, bounds.stackLengthMax])
    const refuse = (code: string, message: string): Promise<unknown> =>
      apply(reject, Native, [errors.make({ tool, code, message }, stack)])
    if (tool.length > bounds.nameLengthMax) {
      const start = apply(slice, tool, [0, bounds.nameLengthMax])
      return refuse('unknown-tool', `there is no tool \`${start}…\``)
    }
    // The bridge carries names up to the first such character.
    if (apply(indexOf, tool, ['\0']) >= 0) return refuse('unknown-tool', 'there is no tool of that name')
    const refuseCount = () => refuse('too-many-calls', `a script may make at most ${callsMax} tool calls`)
    if (calls >= callsMax) return refuseCount()
    const given = readArguments(tool, args)
    if (given.problem !== undefined) return refuse('invalid-arguments', given.problem)
    // What the arguments' toJSON called has counted meanwhile.
    if (calls >= callsMax) return refuseCount()
    calls += 1
    const id = calls
    const { json } = given
    return new Native((resolve, reject) => {
      pending[id] = { resolve, reject, stack }
      post(id, tool, json, stack)
    })
  }

  return {
    call,
    begin: (offered, max) => {
      names = offered
      callsMax = max
      calls = 0
    },
    offered: () => names,
    isOffered: key => {
      for (let index = 0; index < names.length; index++) if (names[index] === key) return true
      return false
    },
    settle: (id, isOk, value) => {
      const entry = pending[id]
      if (entry === undefined) return false
      delete pending[id]
      if (isOk) entry.resolve(value)
      else entry.reject(errors.make(value as Parameters<ToolErrors['make']>[0], entry.stack))
      return true
    },
  }
}
