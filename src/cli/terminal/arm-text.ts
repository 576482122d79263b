import { type Arm, BUILT_IN_FACTORS, type BuiltInFactor } from '../../contracts/arm.ts'

/** An arm in a line: mode and reinjection always, other factors where they leave their default, own factors always. */
export function armText({ custom, ...levels }: Arm): string {
  const changed = Object.entries(levels).flatMap(([name, level]) => {
    if (name === 'mode' || name === 'reinjection') return []
    return BUILT_IN_FACTORS[name as BuiltInFactor][0] === level ? [] : [`${name}=${level}`]
  })
  const own = Object.entries(custom).map(([name, level]) => `${name}=${level}`)
  return [levels.mode, levels.reinjection, ...changed, ...own].join(' ')
}
