import { resolve } from 'node:path'
import { compareText, groupBy } from '../../base/lists.ts'
import { isEvidence } from '../../base/models/player-kind.ts'
import { BUILT_IN_FACTORS } from '../../contracts/arm.ts'
import type { Result } from '../../contracts/result.ts'
import type { ReportFactor } from '../document/report.ts'
import { COMPARE_METRICS, compareMetric } from '../judging/compare-metrics.ts'
import { ALPHA } from '../judging/judge.ts'
import type { Observed } from '../judging/observed.ts'
import type { ComparableRun } from './comparable-run.ts'
import { type CompareFailure, nothingToCompare, unknownWord } from './compare-failure.ts'
import { compareScopes, type ScopeInput } from './compare-scopes.ts'
import { comparedFactors, RUN_FACTOR, runLabels } from './compared-factors.ts'
import type { ComparedRun, Comparison } from './comparison.ts'
import { comparisonStatus } from './comparison-status.ts'
import { type LevelPair, levelPairs } from './contrast-specs.ts'
import { observeRuns } from './observe-runs.ts'
import { type Primary, primaryOf } from './primary.ts'

export interface CompareOptions {
  /** Shows the contrasts of this factor only. What is adjusted together does not depend on it. */
  factor?: string
  /** Adds the contrasts against this level; unless the rules have them anyway, they are exploratory. */
  baseline?: string
  /** Shows these metrics only. */
  metrics?: readonly string[]
  /** The margin on solved, as a share. */
  margin?: number
  seed?: string
}

/** Fewer models than this cannot support a sentence about models in general; see docs/comparing.md. */
const MODELS_IN_GENERAL_MIN = 6

/** Compares the arms of a run, or several runs, with confidence intervals. Depends on what was loaded alone. */
export function compareRuns(
  runs: readonly ComparableRun[],
  options: CompareOptions = {},
): Result<Comparison, CompareFailure> {
  const factors = comparedFactors(runs)
  const problem = runsProblem(runs, factors) ?? optionsProblem(runs, factors, options)
  const primary = primaryOf(factors, runs[0]?.manifest.suite.content ?? {}, options.margin)
  if (problem !== undefined) return { ok: false, error: problem }
  if (primary === undefined) return { ok: false, error: nothingToCompare('there is no contrast to compare') }
  const { observed, notes } = observeRuns(runs, factors)
  const labels = runLabels(runs)
  const status = comparisonStatus(runs)
  const compared = compareScopes({
    ...{ factors, status, primary, seed: options.seed ?? String(runs[0]?.manifest.seed ?? 0) },
    unit: runs.every(({ report }) => report.imported?.unit === 'model') ? 'model' : 'task',
    pairs: pairsOf(factors, primary, options),
    scopes: scopesOf(observed),
    isFactorShown: factor => options.factor === undefined || factor.split(' × ').includes(options.factor),
    isMetricShown: metric => !options.metrics?.length || options.metrics.includes(metric),
  })
  return {
    ok: true,
    value: {
      runs: runs.map((run, index) => comparedRun(run, labels[index] as string)),
      status,
      primary: {
        ...{ contrast: primary.pair.name, metric: primary.metric, isDeclared: primary.isDeclared },
        margin: primary.metricMargin ?? primary.margin,
      },
      family: { alpha: ALPHA, level: 0.95, size: compared.familySize },
      scopes: compared.scopes,
      notes: [...primary.notes, ...notes, ...scopeNotes(observed), ...viewNotes(options, primary)],
    },
  }
}

function runsProblem(runs: readonly ComparableRun[], factors: readonly ReportFactor[]): CompareFailure | undefined {
  if (runs.length === 0) return nothingToCompare('no run was given')
  const places = runs.map(({ folder }) => resolve(folder))
  const twice = runs.find((_, index) => places.indexOf(places[index] as string) !== index)
  if (twice !== undefined)
    return nothingToCompare(`${twice.folder} was given twice; a run cannot be compared with itself`)
  for (const { folder, report } of runs) {
    const scored = report.coverage.scored
    const message = `${folder}: no trial of this run was scored, so there is nothing to compare`
    if (scored === 0) return { kind: 'nothing-scored', message }
  }
  if (factors.length > 0) return undefined
  return nothingToCompare(
    `${runs[0]?.folder}: all trials of this run are of one arm, so there is nothing to compare; name a second run, or see the noise floor with "scriptbench aa"`,
  )
}

function optionsProblem(
  runs: readonly ComparableRun[],
  factors: readonly ReportFactor[],
  { baseline, factor, metrics = [] }: CompareOptions,
): CompareFailure | undefined {
  const names = factors.map(({ name }) => name)
  if (factor !== undefined && !names.includes(factor)) return factorProblem(runs, factor, names)
  const levels = factors.filter(({ name }) => factor === undefined || name === factor).flatMap(each => each.levels)
  if (baseline !== undefined && !levels.includes(baseline)) return unknownWord('level', baseline, levels)
  const unknown = metrics.find(metric => compareMetric(metric) === undefined)
  const known = COMPARE_METRICS.map(({ key }) => key)
  return unknown === undefined ? undefined : unknownWord('metric', unknown, known)
}

function factorProblem(runs: readonly ComparableRun[], factor: string, names: readonly string[]): CompareFailure {
  const isConstant = runs.some(({ report }) => {
    const isOwn = report.trials.some(trial => Object.hasOwn(trial.custom, factor))
    return isOwn || report.imported?.outcomes.some(({ levels }) => Object.hasOwn(levels, factor))
  })
  if (!isConstant && !Object.hasOwn(BUILT_IN_FACTORS, factor)) return unknownWord('factor', factor, names)
  return nothingToCompare(
    `the factor "${factor}" has a single level in these runs, so there is nothing to compare; those that vary: ${names.join(', ')}`,
  )
}

function pairsOf(
  factors: readonly ReportFactor[],
  primary: Primary,
  { factor, baseline }: CompareOptions,
): LevelPair[] {
  const asked = factors.find(({ name }) => name === (factor ?? primary.pair.factor))
  return factors.flatMap(each => {
    const isAsked = baseline !== undefined && each.levels.includes(baseline) && (factor === undefined || each === asked)
    return levelPairs(each, isAsked ? baseline : undefined)
  })
}

/** Each player separately, real models first, then all real models together. */
function scopesOf(observed: readonly Observed[]): ScopeInput[] {
  const players = [...groupBy(observed, trial => trial.player)].sort(([left], [right]) => compareText(left, right))
  const single = players.map(([name, trials]) => scopeOf(name, trials))
  const models = single.filter(scope => scope.isEvidence)
  const others = single.filter(scope => !scope.isEvidence)
  if (models.length < 2) return [...models, ...others]
  const names = new Set(models.map(({ name }) => name))
  const together = scopeOf(
    `All models (${models.length})`,
    observed.filter(trial => names.has(trial.player)),
  )
  return [...models, together, ...others]
}

function scopeOf(name: string, trials: readonly Observed[]): ScopeInput {
  const kinds = [...new Set(trials.map(trial => trial.kind))].sort(compareText)
  return { name, kinds, isEvidence: kinds.every(isEvidence), trials }
}

function comparedRun({ folder, manifest, report }: ComparableRun, name: string): ComparedRun {
  const { suite, createdAt, imported } = manifest
  return {
    ...{ name, folder, suiteDigest: suite.digest, createdAt },
    ...{ trialsPlanned: report.coverage.planned, trialsScored: report.coverage.scored },
    ...(imported && { imported: { source: imported.source, unit: imported.unit } }),
  }
}

function scopeNotes(observed: readonly Observed[]): string[] {
  const models = new Set(observed.filter(trial => isEvidence(trial.kind)).map(trial => trial.player)).size
  if (models < 2) return []
  const few =
    models < MODELS_IN_GENERAL_MIN ? `${models} models are too few` : `these ${models} models are not a random sample`
  return [`All models together means these models, averaged; ${few} to say anything about models in general.`]
}

function viewNotes({ factor }: CompareOptions, { pair }: Primary): string[] {
  if (factor === undefined || factor === pair.factor) return []
  const what = pair.factor === RUN_FACTOR ? 'run against run' : `${pair.name}, of the factor ${pair.factor}`
  return [`The primary contrast is ${what}; it is not among the contrasts shown here.`]
}
