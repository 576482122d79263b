import { type Fields, parseObject } from './read-json.ts'

/**
 * The arguments of an earlier call as the object that a wire requires. Anything else goes back wrapped in one, so that
 * the model still sees what it wrote (Anthropic documents this wrapper for invalid tool JSON).
 */
export function argumentsObject(argumentsText: string): Fields {
  if (argumentsText.trim() === '') return {}
  return parseObject(argumentsText) ?? { INVALID_JSON: argumentsText }
}
