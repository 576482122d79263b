type Defined<T> = { [Key in keyof T]: Exclude<T[Key], undefined> }

/** A copy without the properties that are `undefined`: absent means absent. */
export function defined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as Defined<T>
}
