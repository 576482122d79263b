import type { JsonObject, JsonValue } from '../contracts/json.ts'

/** An object of JSON: neither null nor a list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Logs can come from elsewhere, so nothing about the shape of what they store is taken for granted. */
export function asObject(value: unknown): JsonObject {
  return isObject(value) ? value : {}
}

export function asList(value: unknown): JsonValue[] {
  return Array.isArray(value) ? (value as JsonValue[]) : []
}

export function asText(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** The value that a text is JSON of, or nothing. */
export function parsedJson(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue
  } catch {
    return undefined
  }
}
