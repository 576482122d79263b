import { InvalidArgumentError } from 'commander'
import { hint } from '../../base/did-you-mean.ts'
import { errorText } from '../../base/error-text.ts'
import type { JsonValue } from '../../contracts/json.ts'
import { SCRIPT_LIMITS_DEFAULT, type ScriptLimits } from '../../contracts/script.ts'
import { type Effect, parseEffect } from '../../planning/effect.ts'

/** `a,b` → a list; an empty item is a mistake. */
export function parseList(text: string): string[] {
  const items = text.split(',').map(item => item.trim())
  if (items.some(item => item === '')) throw new InvalidArgumentError('expected a list such as a,b')
  return items
}

/** A whole number within these bounds. */
export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`
  return text => {
    const value = Number(text)
    if (!/^\d+$/.test(text) || value < least || value > most) {
      throw new InvalidArgumentError(`expected a whole number ${range}`)
    }
    return value
  }
}

/** `name=a,b` → the levels of one factor. */
export function parseFactor(text: string): Record<string, string[]> {
  const at = text.indexOf('=')
  if (at < 1) throw new InvalidArgumentError('expected name=level,level')
  return { [text.slice(0, at)]: parseList(text.slice(at + 1)) }
}

/** `name=value,…` → limits of a script. */
export function parseLimits(text: string): Partial<ScriptLimits> {
  const known = Object.keys(SCRIPT_LIMITS_DEFAULT)
  const limits: Record<string, number> = {}
  for (const pair of text.split(',')) {
    const [name = '', value = ''] = pair.split('=', 2).map(part => part.trim())
    if (!known.includes(name)) throw new InvalidArgumentError(`unknown limit "${name}"${hint(name, known)}`)
    if (!/^\d+$/.test(value) || (Number(value) === 0 && name !== 'graceMs')) {
      throw new InvalidArgumentError(`${name}: expected a whole number above 0, got "${value}"`)
    }
    limits[name] = Number(value)
  }
  return limits
}

/** `5pp` and `5%` are 0.05, and so is `0.05`. */
export function parseMargin(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(pp|%)?$/.exec(text)
  const value = match === null ? Number.NaN : Number(match[1]) / (match[2] === undefined ? 1 : 100)
  if (!(value > 0 && value < 1)) throw new InvalidArgumentError('expected a share between 0 and 1, such as 5pp or 0.05')
  return value
}

export function parseEffectSize(text: string): Effect {
  const effect = parseEffect(text)
  if (effect === undefined) throw new InvalidArgumentError('expected points such as 10pp, or a ratio such as 0.8x')
  return effect
}

export function parsePower(text: string): number {
  const value = /^0?\.\d+$/.test(text) ? Number(text) : Number.NaN
  if (!(value >= 0.5 && value < 1)) throw new InvalidArgumentError('expected a share from 0.5 to below 1, such as 0.8')
  return value
}

export function parseUsd(text: string): number {
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN
  if (!(value > 0)) throw new InvalidArgumentError('expected an amount of USD above 0, such as 50')
  return value
}

export function parseJson(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue
  } catch (error) {
    throw new InvalidArgumentError(`expected JSON: ${errorText(error)}`)
  }
}
