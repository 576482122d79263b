import { BUILT_IN_FACTORS, type BuiltInFactor } from '../../contracts/arm.ts'
import type { TrialMetrics } from '../../metrics/trial-metrics.ts'

/**
 * The levels that make the arm: the mode, what leaves its default, and own factors. A factor that did not exist yet when
 * a baseline was made is at its default in it.
 */
export function levelsOfArm(trial: TrialMetrics): Record<string, string> {
  const names = Object.keys(BUILT_IN_FACTORS) as BuiltInFactor[]
  const changed = names.filter(name => name === 'mode' || trial[name] !== BUILT_IN_FACTORS[name][0])
  return { ...Object.fromEntries(changed.map(name => [name, trial[name]])), ...trial.custom }
}

/** The arm in a line. */
export function armText(levels: Readonly<Record<string, string>>): string {
  const { mode = '', ...rest } = levels
  return [mode, ...Object.entries(rest).map(([name, level]) => `${name}=${level}`)].join(' ')
}

/** Whether the arm has all the levels that are asked for. */
export function hasLevels(arm: Readonly<Record<string, string>>, asked: Readonly<Record<string, string>>): boolean {
  return Object.entries(asked).every(([name, level]) => (arm[name] ?? defaultLevel(name)) === level)
}

function defaultLevel(name: string): string | undefined {
  return Object.hasOwn(BUILT_IN_FACTORS, name) ? BUILT_IN_FACTORS[name as BuiltInFactor][0] : undefined
}
