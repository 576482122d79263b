import { UserError } from '../../contracts/errors.ts'
import { type Environment, variable } from '../environment.ts'

const ALLOWED = ['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'LANG', 'LC_ALL', 'LC_CTYPE', 'TZ', 'TMPDIR', 'TERM']
const PASSED_BY_NAME = 'SCRIPTBENCH_COMMAND_ENV'
const TIMEOUT = 'SCRIPTBENCH_COMMAND_TIMEOUT_MS'
const TIMEOUT_MS_DEFAULT = 600_000

export interface CommandSettings {
  environment: Record<string, string>
  /** Values that were passed by name, which can be keys. */
  secrets: string[]
  timeoutMs: number
}

/** What a `command/…` player sees of the environment: a fixed list, and the variables that the user names. No key is passed by default. */
export function commandSettings(environment: Environment): CommandSettings {
  const named = (variable(environment, PASSED_BY_NAME) ?? '').split(/[\s,]+/).filter(Boolean)
  const seen = (names: readonly string[]): [string, string][] =>
    names.flatMap(name => (environment[name] === undefined ? [] : [[name, environment[name]]]))
  const passed = seen(named)
  return {
    environment: Object.fromEntries([...seen(ALLOWED), ...passed]),
    secrets: passed.map(([, value]) => value).filter(value => value.trim() !== ''),
    timeoutMs: timeoutMs(variable(environment, TIMEOUT)),
  }
}

function timeoutMs(value: string | undefined): number {
  if (value === undefined) return TIMEOUT_MS_DEFAULT
  if (/^\d+$/.test(value) && Number(value) > 0 && Number(value) < 2 ** 31) return Number(value)
  throw new UserError('usage', `${TIMEOUT}: '${value}' is not a number of milliseconds from 1 to ${2 ** 31 - 1}.`)
}
