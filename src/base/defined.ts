type MayBeUndefined<T> = { [Key in keyof T]: undefined extends T[Key] ? Key : never }[keyof T]

type Defined<T> = Omit<T, MayBeUndefined<T>> & { [Key in MayBeUndefined<T>]?: Exclude<T[Key], undefined> }

/** A copy without the properties that are `undefined`, for optional properties that must be absent instead. */
export function defined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as Defined<T>
}
