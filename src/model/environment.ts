import { UserError } from '../contracts/errors.ts'
import { baseURLMistake } from './parse-model-spec.ts'

/** Environment variables as plain data; nothing here reads the process's own. */
export type Environment = Readonly<Record<string, string | undefined>>

/** A variable's value; empty or blank counts as missing. */
export function variable(environment: Environment, name: string): string | undefined {
  return environment[name]?.trim() || undefined
}

/** A key as it can be sent, or a `UserError` before anything is sent. */
export function requiredKey(environment: Environment, name: string, spec: string): string {
  const key = optionalKey(environment, name, spec)
  if (key !== undefined) return key
  const state = environment[name] === undefined ? 'is not set' : 'is empty'
  throw new UserError(
    'model-key-missing',
    `model '${spec}' needs a key: ${name} ${state}. Set it in the environment (export ${name}=…) and start again.`,
  )
}

export function optionalKey(environment: Environment, name: string, spec: string): string | undefined {
  const key = variable(environment, name)
  if (key === undefined || /^[\x21-\x7e]+$/.test(key)) return key
  throw new UserError(
    'model-key-missing',
    `model '${spec}': the value of ${name} has a character that no key has (a space, a line break or a letter beyond ASCII). Set it again, without quotes.`,
  )
}

/** A base URL from the environment, or a `UserError` that names the variable. */
export function baseURLFrom(environment: Environment, name: string): string | undefined {
  const baseURL = variable(environment, name)
  const mistake = baseURL === undefined ? undefined : baseURLMistake(baseURL)
  if (mistake === undefined) return baseURL
  throw new UserError('usage', `${name}: the base URL ${mistake}. Fix it, or unset it to use the provider's own.`)
}
