export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

/** The sum, or nothing when a part of it is unknown or there is nothing to add. */
export function sumKnown(values: readonly (number | undefined)[]): number | undefined {
  if (values.length === 0) return undefined
  const known = values.filter(value => value !== undefined)
  return known.length === values.length ? sum(known) : undefined
}

/** The largest value; nothing for no values. A loop, since spreading a long list overflows the stack. */
export function largest(values: readonly number[]): number | undefined {
  let found: number | undefined
  for (const value of values) if (found === undefined || value > found) found = value
  return found
}
