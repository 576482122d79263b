export type JsonValue = null | boolean | number | string | JsonValue[] | JsonObject
export type JsonObject = { [key: string]: JsonValue }
/** A JSON Schema (draft 2020-12) as plain data. */
export type JsonSchema = JsonObject
