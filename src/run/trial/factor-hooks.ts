import { errorText } from '../../base/error-text.ts'
import type { FactorHooks, FactorModule } from '../../contracts/factor-module.ts'
import type { Message } from '../../contracts/model.ts'
import type { TrialLimits } from '../../contracts/suite.ts'
import type { Trial } from '../../contracts/trial.ts'

/** The hooks of a trial's custom factors. When a hook throws or returns something invalid, the error names the hook. */
export function hooksOf(modules: readonly FactorModule[], { arm }: Trial): FactorHooks[] {
  return modules.flatMap(({ name, levels }) => {
    const level = arm.custom[name] ?? ''
    const hooks = Object.hasOwn(levels, level) ? levels[level] : undefined
    return hooks === undefined ? [] : [checkedHooks(hooks, `factor ${name}, level ${level}`)]
  })
}

function checkedHooks({ preamble, tools, history, limits }: FactorHooks, place: string): FactorHooks {
  return {
    ...(preamble && { preamble: checked(preamble, { place, name: 'preamble', wanted: 'a text', isRight: isText }) }),
    ...(tools && { tools: checked(tools, { place, name: 'tools', wanted: 'a list of names', isRight: areTexts }) }),
    ...(history && {
      history: checked(history, { place, name: 'history', wanted: 'a list of messages', isRight: areMessages }),
    }),
    ...(limits && {
      limits: checked(limits, { place, name: 'limits', wanted: 'limits above 0', isRight: areLimits }),
    }),
  }
}

interface HookCheck {
  place: string
  name: keyof FactorHooks
  wanted: string
  isRight(value: unknown): boolean
}

function checked<Value>(hook: (value: Value) => Value, check: HookCheck): (value: Value) => Value {
  const { isRight, name, place, wanted } = check
  return value => {
    let result: Value
    try {
      result = hook(value)
    } catch (error) {
      throw new Error(`${place}: ${name} threw: ${errorText(error)}`)
    }
    if (!isRight(result)) throw new Error(`${place}: ${name} must return ${wanted}, and synchronously`)
    return result
  }
}

function isText(value: unknown): boolean {
  return typeof value === 'string'
}

function areTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every(isText)
}

function areMessages(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(isMessage)
}

function isMessage(value: Message | null): boolean {
  if (value?.role === 'assistant') return isText(value.text) && Array.isArray(value.toolCalls)
  if (value?.role === 'tool') return Array.isArray(value.results)
  return value?.role === 'user' && Array.isArray(value.parts) && value.parts.every(part => isText(part?.text))
}

const NEEDED: readonly (keyof TrialLimits)[] = ['turnsMax', 'toolCallsMax', 'wallTimeMs', 'observationTokensMax']

function areLimits(value: unknown): boolean {
  if (value === null || typeof value !== 'object') return false
  const limits = value as Partial<Record<string, unknown>>
  return (
    NEEDED.every(name => limits[name] !== undefined) &&
    Object.values(limits).every(limit => limit === undefined || (typeof limit === 'number' && limit > 0))
  )
}
