/** What an option of a command is: all that parsing, help and tests need to know. */
export interface OptionSpec {
  readonly help: string
  /** What its value is called in the help. An option without it is a switch. */
  readonly value?: string
  /**
   * Takes several values, and can be repeated. `commas`: `a,b`; `words`: `a b`, for values that can contain commas;
   * `entries`: `parse` returns a record, and the records of all values are merged.
   */
  readonly several?: 'commas' | 'words' | 'entries'
  readonly choices?: readonly string[]
  /** Reads one value; throws an `InvalidArgumentError` that says what was expected. */
  readonly parse?: (text: string) => unknown
  readonly default?: unknown
  /** The default in words, where the value itself says too little. */
  readonly defaultText?: string
  readonly isRequired?: true
  /** A switch that is on unless `--no-<name>` is given. */
  readonly isOnByDefault?: true
  /** Keys of options that cannot be used together with this one. */
  readonly conflicts?: readonly string[]
}

export interface ArgumentSpec {
  readonly help: string
  readonly choices?: readonly string[]
  readonly default?: string
  readonly isOptional?: true
  /** Takes all words that remain. */
  readonly isList?: true
}

export interface CommandSpec {
  /** A verb first, no full stop. */
  readonly summary: string
  readonly arguments?: Readonly<Record<string, ArgumentSpec>>
  readonly options?: Readonly<Record<string, OptionSpec>>
  /** Further lines for the help. */
  readonly notes?: string
  readonly examples: readonly [string, ...string[]]
  /** Where they say more than those of the program. */
  readonly exitCodes?: Readonly<Record<number, string>>
}

type Flatten<T> = { [Key in keyof T]: T[Key] }

/** Optional keys become optional properties. */
type WithOptional<Values, OptionalKeys extends keyof Values> = Flatten<
  Omit<Values, OptionalKeys> & { [Key in OptionalKeys]?: Values[Key] }
>

type Item<Spec> = Spec extends { parse: (text: string) => infer Value }
  ? Value
  : Spec extends { choices: readonly (infer Choice)[] }
    ? Choice
    : string

type OptionValue<Spec> = Spec extends { value: string }
  ? Spec extends { several: 'commas' | 'words' }
    ? Item<Spec>[]
    : Item<Spec>
  : boolean

type IsAlwaysThere = { default: unknown } | { isRequired: true } | { isOnByDefault: true }

type MaybeAbsent<Specs> = {
  [Key in keyof Specs]: Specs[Key] extends IsAlwaysThere ? never : Key
}[keyof Specs]

/** The options of a command as its action gets them. */
export type OptionValues<Specs> = WithOptional<
  { -readonly [Key in keyof Specs]: OptionValue<Specs[Key]> },
  MaybeAbsent<Specs>
>

type ArgumentValue<Spec> = Spec extends { isList: true } ? string[] : Item<Spec>

/** The arguments of a command as its action gets them, by name. */
export type ArgumentValues<Specs> = WithOptional<
  { -readonly [Key in keyof Specs]: ArgumentValue<Specs[Key]> },
  { [Key in keyof Specs]: Specs[Key] extends { isOptional: true } ? Key : never }[keyof Specs]
>

/** `testGlob` → `--test-glob`, or `--no-open` for a switch that is on by default. */
export function flagOf(key: string, spec: OptionSpec): string {
  return `--${spec.isOnByDefault ? 'no-' : ''}${kebab(key)}`
}

export function kebab(key: string): string {
  return key.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)
}
