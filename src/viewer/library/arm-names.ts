import { compareText, distinct } from '../../base/lists.ts'
import { BUILT_IN_FACTORS } from '../../contracts/arm.ts'
import type { TrialDescriptor } from '../../contracts/events.ts'

type ArmOf = Pick<TrialDescriptor, 'arm'>

/** The factors in which these trials differ, built-in ones first. */
export function varyingFactors(trials: readonly ArmOf[]): string[] {
  const custom = distinct(trials.flatMap(trial => Object.keys(trial.arm.custom))).sort(compareText)
  const names = [...Object.keys(BUILT_IN_FACTORS), ...custom]
  return names.filter(name => new Set(trials.map(trial => levelOf(trial, name))).size > 1)
}

export function levelOf({ arm }: ArmOf, factor: string): string {
  if (Object.hasOwn(BUILT_IN_FACTORS, factor)) return arm[factor as keyof typeof BUILT_IN_FACTORS] ?? ''
  return arm.custom[factor] ?? ''
}

/** An arm by the levels that distinguish it from the others of its run. */
export function armName(trial: ArmOf, factors: readonly string[]): string {
  return factors.length === 0 ? trial.arm.mode : factors.map(factor => levelOf(trial, factor)).join(' · ')
}

/** The arms in the order of the factors' levels; own levels follow in order of appearance. */
export function armNames(trials: readonly ArmOf[], factors: readonly string[]): string[] {
  const ranked = trials.map(trial => ({
    name: armName(trial, factors),
    ranks: factors.map(name => rankOf(trial, name)),
  }))
  ranked.sort((left, right) => compareRanks(left.ranks, right.ranks))
  return distinct(ranked.map(({ name }) => name))
}

function rankOf(trial: ArmOf, factor: string): number {
  const isBuiltIn = Object.hasOwn(BUILT_IN_FACTORS, factor)
  const levels: readonly string[] = isBuiltIn ? BUILT_IN_FACTORS[factor as keyof typeof BUILT_IN_FACTORS] : []
  return levels.indexOf(levelOf(trial, factor))
}

function compareRanks(left: readonly number[], right: readonly number[]): number {
  const index = left.findIndex((rank, position) => rank !== right[position])
  return index === -1 ? 0 : (left[index] as number) - (right[index] as number)
}
