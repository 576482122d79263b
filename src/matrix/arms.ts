import { type Arm, BUILT_IN_FACTORS, type BuiltInFactor, type Factor } from '../contracts/arm.ts'

/** Levels of built-in factors where a suite names none. */
export type FactorDefaults = Partial<Omit<Arm, 'custom'>>

/** The product of the factors' levels, the last factor varying fastest; unnamed built-in factors stay at their default. */
export function expandArms(factors: readonly Factor[], defaults: FactorDefaults = {}): Arm[] {
  let arms: Arm[] = [{ ...defaultArm(), ...defaults, custom: {} }]
  for (const factor of factors) arms = arms.flatMap(arm => factor.levels.map(level => withLevel(arm, factor, level)))
  return arms
}

/** Every built-in factor at its first level. */
function defaultArm(): Arm {
  const levels = Object.entries(BUILT_IN_FACTORS).map(([name, [first]]) => [name, first])
  return { ...(Object.fromEntries(levels) as Omit<Arm, 'custom'>), custom: {} }
}

function isBuiltIn(name: string): name is BuiltInFactor {
  return Object.hasOwn(BUILT_IN_FACTORS, name)
}

function withLevel(arm: Arm, factor: Factor, level: string): Arm {
  if (isBuiltIn(factor.name)) return { ...arm, [factor.name]: level }
  return { ...arm, custom: { ...arm.custom, [factor.name]: level } }
}
