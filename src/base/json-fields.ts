import type { JsonValue } from '../contracts/json.ts'

/** Logs may come from elsewhere, so nothing about the shape of what they store is taken for granted. */
export function asObject(value: JsonValue | undefined): Record<string, JsonValue> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
}

export function asList(value: JsonValue | undefined): JsonValue[] {
  return Array.isArray(value) ? value : []
}

export function asText(value: JsonValue | undefined): string {
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
