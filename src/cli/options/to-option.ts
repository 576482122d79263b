import { InvalidArgumentError, Option } from 'commander'
import { hint } from '../../base/did-you-mean.ts'
import { flagOf, type OptionSpec } from './command-spec.ts'
import { parseList } from './parsers.ts'

/** An option of the table as commander knows it. The variadic marker is written here and nowhere else. */
export function toOption(key: string, spec: OptionSpec): Option {
  const { value, several, choices, isRequired = false, conflicts = [] } = spec
  const marker = several === 'words' ? '...' : ''
  const option = new Option(flagOf(key, spec) + (value === undefined ? '' : ` <${value}${marker}>`), helpOf(spec))
  option.makeOptionMandatory(isRequired).conflicts([...conflicts])
  if (spec.default !== undefined) option.default(spec.default, defaultTextOf(spec))
  if (value === undefined) return option
  if (choices !== undefined) option.choices(choices)
  const parse = parserOf(spec)
  // What commander hands over first is the default, which given values replace.
  return option.argParser((text, before) => parse(text, before === spec.default ? undefined : before))
}

/** Reads a value that follows what was given `before` it. */
function parserOf(spec: OptionSpec): (text: string, before: unknown) => unknown {
  const one = (text: string) => (spec.parse ?? (word => word))(checked(text, spec.choices))
  switch (spec.several) {
    case 'commas':
      return (text, before) => [...((before ?? []) as unknown[]), ...parseList(text).map(one)]
    case 'words':
      return (text, before) => [...((before ?? []) as unknown[]), one(text)]
    case 'entries':
      return (text, before) => ({ ...(before as object | undefined), ...(one(text) as object) })
    default:
      return text => one(text)
  }
}

function checked(text: string, choices: readonly string[] | undefined): string {
  if (text.trim() === '') throw new InvalidArgumentError('expected a value, not an empty one.')
  if (choices === undefined || choices.includes(text)) return text
  throw new InvalidArgumentError(`expected one of ${choices.join(', ')}${didYouMean(text, choices)}`)
}

/** The nearest choice; all of them are listed already. */
function didYouMean(text: string, choices: readonly string[]): string {
  const clause = hint(text, choices)
  return clause.startsWith('; did') ? clause : '.'
}

function helpOf({ help, several, isRequired }: OptionSpec): string {
  const facts = [...(isRequired ? ['required'] : []), ...(several ? ['repeatable'] : [])]
  return facts.length === 0 ? help : `${help} (${facts.join(', ')})`
}

/** Without the quotes and brackets of JSON. */
function defaultTextOf({ default: value, defaultText }: OptionSpec): string {
  return defaultText ?? (Array.isArray(value) ? value.join(',') : String(value))
}
