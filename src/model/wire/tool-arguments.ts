import { isObject, parsedJson } from '../../base/json-fields.ts'
import type { JsonObject } from '../../contracts/json.ts'

/**
 * The arguments of an earlier call as the object that a wire requires. Anything else goes back wrapped in one, so that
 * the model still sees what it wrote (Anthropic documents this wrapper for invalid tool JSON).
 */
export function argumentsObject(argumentsText: string): JsonObject {
  if (argumentsText.trim() === '') return {}
  const args = parsedJson(argumentsText)
  return isObject(args) ? args : { INVALID_JSON: argumentsText }
}
