import { jsonrepair } from 'jsonrepair'
import { errorText } from '../base/error-text.ts'
import type { JsonValue } from '../contracts/json.ts'
import type { Leniency } from '../contracts/script.ts'

export type ParsedArguments = { ok: true; args: JsonValue; isRepaired: boolean } | { ok: false; message: string }

/** Parses a call's raw argument text. Lenient reading repairs JSON that is almost valid; strict reading does not. */
export function readArguments(text: string, leniency: Leniency): ParsedArguments {
  const trimmed = text.trim()
  if (trimmed === '') return { ok: true, args: {}, isRepaired: false }
  const parsed = parseJson(trimmed)
  if (parsed.ok) return { ok: true, args: parsed.value, isRepaired: false }
  if (leniency === 'lenient') {
    const repaired = repair(trimmed)
    if (repaired !== undefined) return { ok: true, args: repaired, isRepaired: true }
  }
  return { ok: false, message: `the arguments are not valid JSON: ${parsed.message}. Send one JSON object.` }
}

function parseJson(text: string): { ok: true; value: JsonValue } | { ok: false; message: string } {
  try {
    return { ok: true, value: JSON.parse(text) as JsonValue }
  } catch (error) {
    return { ok: false, message: errorText(error) }
  }
}

/** Only an object counts: jsonrepair turns any prose into a string. */
function repair(text: string): JsonValue | undefined {
  try {
    const value = JSON.parse(jsonrepair(text)) as JsonValue
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}
