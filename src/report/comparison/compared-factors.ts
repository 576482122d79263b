import { basename } from 'node:path'
import { compareText } from '../../base/lists.ts'
import { BUILT_IN_FACTORS } from '../../contracts/arm.ts'
import { factorOf, levelOf } from '../document/arms.ts'
import type { ReportFactor } from '../document/report.ts'
import type { ComparableRun } from './comparable-run.ts'

/** The factor of a comparison of several runs. */
export const RUN_FACTOR = 'run'

/** A name for each run, the same for no two of them. */
export function runLabels(runs: readonly ComparableRun[]): string[] {
  const names = runs.map(({ folder }) => basename(folder))
  return names.map((name, index) => {
    const isTaken = names.some((other, position) => other === name && position !== index)
    return isTaken ? (runs[index] as ComparableRun).folder : name
  })
}

/** The factors with more than one level in these runs. Several runs are a factor themselves, the first its baseline. */
export function comparedFactors(runs: readonly ComparableRun[]): ReportFactor[] {
  const present = new Map<string, Set<string>>()
  const add = (factor: string, level: string) => {
    const levels = present.get(factor)
    if (levels === undefined) present.set(factor, new Set([level]))
    else levels.add(level)
  }
  const builtIn = Object.keys(BUILT_IN_FACTORS)
  for (const { report } of runs) {
    for (const trial of report.trials) {
      for (const factor of builtIn) add(factor, levelOf(trial, factor))
      for (const [factor, level] of Object.entries(trial.custom)) add(factor, level)
    }
    for (const { levels } of report.imported?.outcomes ?? []) {
      for (const [factor, level] of Object.entries(levels)) add(factor, level)
    }
  }
  const content = runs[0]?.manifest.suite.content ?? {}
  const custom = [...present.keys()].filter(name => !builtIn.includes(name)).sort(compareText)
  const varied = [...builtIn, ...custom].flatMap(name => {
    const levels = [...(present.get(name) ?? [])]
    return levels.length > 1 && name !== RUN_FACTOR ? [factorOf(name, levels, content)] : []
  })
  if (runs.length < 2) return varied
  const levels = runLabels(runs)
  return [{ name: RUN_FACTOR, levels, baseline: levels[0] as string }, ...varied]
}
