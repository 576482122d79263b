import type { CallBounds } from './tool-facade.ts'

/** The arguments of a call as JSON, or why they cannot be sent. Own properties, so that no prototype adds one. */
export type ReadArguments = (
  tool: string,
  args: readonly unknown[],
) => { json: string; problem: undefined } | { json: undefined; problem: string }

/** Makes the reader of arguments, which counts what all calls of a script send. Runs inside the guest. */
export function guestToolArguments(bounds: CallBounds): ReadArguments {
  const stringify = JSON.stringify
  const toText = String
  const isArray = Array.isArray
  const refuse = (problem: string) => ({ json: undefined, problem })
  let totalLength = 0

  return (tool, args) => {
    const isPlain = typeof args[0] !== 'object' && args[0] !== undefined
    if (args.length > 1 || isPlain || isArray(args[0])) {
      return refuse(`tools.${tool} takes one object of named arguments: tools.${tool}({ … })`)
    }
    let json: string | undefined
    try {
      json = args[0] === undefined ? '{}' : stringify(args[0])
    } catch (cause) {
      return refuse(`the arguments of tools.${tool} are not JSON: ${toText(cause)}`)
    }
    if (json === undefined) return refuse(`the arguments of tools.${tool} are not JSON`)
    totalLength += json.length
    if (json.length > bounds.argumentsLengthMax || totalLength > bounds.argumentsLengthTotalMax) {
      const one = bounds.argumentsLengthMax
      const all = bounds.argumentsLengthTotalMax
      const text = `the arguments of tools.${tool} are ${json.length} characters of JSON`
      return refuse(`${text}; a call may have ${one}, all calls of a script ${all}`)
    }
    return { json, problem: undefined }
  }
}
