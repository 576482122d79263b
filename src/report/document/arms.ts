import { asObject } from '../../base/json-fields.ts'
import { compareText, distinct, groupBy } from '../../base/lists.ts'
import { BUILT_IN_FACTORS } from '../../contracts/arm.ts'
import type { JsonObject } from '../../contracts/json.ts'
import type { TrialMetrics } from '../../metrics/trial-metrics.ts'
import type { ReportFactor } from './report.ts'

const BUILT_IN = Object.keys(BUILT_IN_FACTORS) as (keyof typeof BUILT_IN_FACTORS)[]

export function levelOf(trial: TrialMetrics, factor: string): string {
  const isBuiltIn = Object.hasOwn(BUILT_IN_FACTORS, factor)
  return isBuiltIn ? trial[factor as (typeof BUILT_IN)[number]] : (trial.custom[factor] ?? '')
}

/** The trial's levels of the given factors, as one text that equals another's only if all levels do. */
export function levelsKey(trial: TrialMetrics, factors: readonly string[]): string {
  return JSON.stringify(factors.map(factor => levelOf(trial, factor)))
}

/** Who plays, with its parameters: a model with two sets of parameters is two players. */
export function playerOf(trial: TrialMetrics): string {
  return trial.params === undefined ? trial.model : `${trial.model} ${trial.params}`
}

export interface FactorsOfRun {
  varying: ReportFactor[]
  constants: { factor: string; level: string }[]
}

/** What was varied and what was not, as the trials show it; the suite only gives order and baseline. */
export function factorsOfRun(trials: readonly TrialMetrics[], suite: JsonObject): FactorsOfRun {
  const custom = distinct(trials.flatMap(trial => Object.keys(trial.custom))).sort(compareText)
  const varying: ReportFactor[] = []
  const constants: FactorsOfRun['constants'] = []
  for (const name of [...BUILT_IN, ...custom]) {
    const present = distinct(trials.map(trial => levelOf(trial, name)))
    if (present.length > 1) varying.push(factorOf(name, present, suite))
    else if (present[0] !== undefined) constants.push({ factor: name, level: present[0] })
  }
  return { varying, constants }
}

export function factorOf(name: string, present: readonly string[], suite: JsonObject): ReportFactor {
  const known = [...suiteLevels(suite, name), ...builtInLevels(name)]
  const rank = (level: string) => (known.includes(level) ? known.indexOf(level) : known.length)
  const levels = [...present].sort((left, right) => rank(left) - rank(right) || compareText(left, right))
  const declared = declaredBaseline(suite, name)
  const baseline = declared !== undefined && levels.includes(declared) ? declared : (levels[0] as string)
  return { name, levels, baseline }
}

function builtInLevels(name: string): readonly string[] {
  return Object.hasOwn(BUILT_IN_FACTORS, name) ? BUILT_IN_FACTORS[name as (typeof BUILT_IN)[number]] : []
}

/** The levels in the order in which the suite names them. */
function suiteLevels(suite: JsonObject, name: string): string[] {
  const factors = Array.isArray(suite.factors) ? suite.factors : []
  const factor = factors.map(asObject).find(candidate => candidate.name === name)
  const levels = Array.isArray(factor?.levels) ? factor.levels : []
  return levels.filter(level => typeof level === 'string')
}

function declaredBaseline(suite: JsonObject, name: string): string | undefined {
  const { factor, baseline } = asObject(suite.analysis)
  return factor === name && typeof baseline === 'string' ? baseline : undefined
}

export interface ArmGroup {
  levels: Record<string, string>
  label: string
  trials: TrialMetrics[]
}

/** The trials by arm, in the order of the factors' levels; baselines come first where the suite lists them first. */
export function groupByArm(trials: readonly TrialMetrics[], factors: readonly ReportFactor[]): ArmGroup[] {
  const names = factors.map(factor => factor.name)
  const groups = groupBy(trials, trial => levelsKey(trial, names))
  const ranked = [...groups.values()].map(group => ({ group, ranks: ranksOf(group[0] as TrialMetrics, factors) }))
  ranked.sort((left, right) => compareRanks(left.ranks, right.ranks))
  return ranked.map(({ group }) => armGroup(group, names))
}

function armGroup(group: TrialMetrics[], names: readonly string[]): ArmGroup {
  const first = group[0] as TrialMetrics
  const levels = Object.fromEntries(names.map(name => [name, levelOf(first, name)]))
  const label = names.length === 0 ? first.mode : Object.values(levels).join(' · ')
  return { levels, label, trials: group }
}

function ranksOf(trial: TrialMetrics, factors: readonly ReportFactor[]): number[] {
  return factors.map(factor => factor.levels.indexOf(levelOf(trial, factor.name)))
}

function compareRanks(left: readonly number[], right: readonly number[]): number {
  const index = left.findIndex((rank, position) => rank !== right[position])
  return index === -1 ? 0 : (left[index] as number) - (right[index] as number)
}
