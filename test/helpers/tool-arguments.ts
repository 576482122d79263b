/** JSON text with upstream's snake_case keys → our arguments; undefined where it is no JSON. */
export function camelCased(json: string): unknown {
  try {
    return withCamelCaseKeys(JSON.parse(json))
  } catch {
    return undefined
  }
}

function withCamelCaseKeys(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase()),
      withCamelCaseKeys(inner),
    ]),
  )
}
