import { defined } from '../../base/defined.ts'
import type { PlayerKind } from '../../contracts/model.ts'
import { STRATA } from '../../contracts/task.ts'
import type { ReportFactor } from '../document/report.ts'
import { type CompareMetric, compareMetric } from '../judging/compare-metrics.ts'
import { contrastVerdict } from '../judging/contrast-verdict.ts'
import { armsOf, type Grid, gridOf } from '../judging/grid.ts'
import { type Judgement, judge, type Margins } from '../judging/judge.ts'
import type { Observed } from '../judging/observed.ts'
import { STRATUM_TASKS_MIN } from '../judging/verdict-sentence.ts'
import { armReliability, armUse, cellsByArm, comparedArm } from './arm-facts.ts'
import type { ComparisonScope, ComparisonStatus, ContrastResult } from './comparison.ts'
import { resultOf } from './contrast-result.ts'
import { type ContrastSpec, contrastSpecs, type LevelPair } from './contrast-specs.ts'
import { aaFloors } from './noise-floor.ts'
import type { Primary } from './primary.ts'
import { type Draft, draftsOf } from './scope-drafts.ts'
import { slopeResult } from './slope-result.ts'
import { taskFlips } from './task-flips.ts'

export interface ScopeInput {
  name: string
  kinds: PlayerKind[]
  isEvidence: boolean
  trials: readonly Observed[]
}

interface ScopesInput {
  scopes: readonly ScopeInput[]
  factors: readonly ReportFactor[]
  pairs: readonly LevelPair[]
  primary: Primary
  status: ComparisonStatus
  unit: 'task' | 'model'
  seed: string
  isFactorShown(factor: string): boolean
  isMetricShown(metric: string): boolean
}

/** The metrics whose ratio can depend on calls per look. */
const SLOPE_METRICS = ['inputTokens', 'turns', 'costUsd'].map(key => compareMetric(key) as CompareMetric)

/** A scope, or a stratum of one, with what is to be judged in it. */
interface Part {
  scope: ScopeInput
  stratum?: (typeof STRATA)[number]
  grid: Grid
  specs: ContrastSpec[]
  drafts: Draft[]
  /** Whether verdicts are allowed on it at all. */
  isLarge: boolean
}

/**
 * Every scope with its verdicts. Holm adjusts over the confirmatory results of all scopes together; strata of 20 tasks or
 * more are a second family, and players that are not models are families of their own.
 */
export function compareScopes(input: ScopesInput): { scopes: ComparisonScope[]; familySize: number } {
  const wholes = input.scopes.map(scope => wholePart(input, scope))
  const strata = wholes.map(whole => strataParts(input, whole))
  const families = [wholes, strata.flat()].flatMap(parts => {
    return [true, false].map(isEvidence => parts.filter(part => part.scope.isEvidence === isEvidence && part.isLarge))
  })
  const margins = marginsOf(input.primary)
  const judgements = new Map<Draft, Judgement>()
  const sizes = new Map<Part, number>()
  for (const parts of families) {
    const members = parts.flatMap(part => part.drafts.filter(draft => draft.role !== 'exploratory'))
    const judged = judge(members, margins)
    const size = judged.filter(judgement => judgement !== undefined).length
    for (const part of parts) sizes.set(part, size)
    for (const [index, judgement] of judged.entries()) {
      if (judgement !== undefined) judgements.set(members[index] as Draft, judgement)
    }
  }
  const resultsOf = (part: Part) => partResults({ input, part, margins, judgements, familySize: sizes.get(part) ?? 0 })
  const scopes = wholes.map((whole, index) => {
    const parts = strata[index] ?? []
    return {
      ...scopeFacts(input, whole),
      contrasts: resultsOf(whole),
      strata: parts.map(part => ({ stratum: part.stratum as (typeof STRATA)[number], contrasts: resultsOf(part) })),
    }
  })
  const evidence = wholes.find(part => part.scope.isEvidence) ?? wholes[0]
  return { scopes, familySize: (evidence && sizes.get(evidence)) ?? 0 }
}

function marginsOf({ metric, margin, metricMargin }: Primary): Margins {
  return { solved: margin, ...(metricMargin !== undefined && { primary: { metric, margin: metricMargin } }) }
}

function wholePart({ factors, pairs, primary }: ScopesInput, scope: ScopeInput): Part {
  const grid = gridOf(scope.trials)
  const specs = contrastSpecs({ factors, pairs, primary: primary.pair, arms: armsOf(scope.trials, factors) })
  return { scope, grid, specs, drafts: draftsOf(grid, specs, { primaryMetric: primary.metric }), isLarge: true }
}

function strataParts({ primary }: ScopesInput, { scope, grid, specs }: Part): Part[] {
  const main = specs.filter(spec => spec.isMain)
  const present = STRATA.filter(stratum => grid.tasks.some(task => task.stratum === stratum))
  return present.map(stratum => {
    const own: Grid = { ...grid, tasks: grid.tasks.filter(task => task.stratum === stratum) }
    const drafts = draftsOf(own, main, { primaryMetric: primary.metric, isStratum: true })
    const isLarge = own.tasks.length >= STRATUM_TASKS_MIN
    return { scope, stratum, grid: own, specs: main, drafts, isLarge }
  })
}

interface PartInput {
  input: ScopesInput
  part: Part
  margins: Margins
  judgements: ReadonlyMap<Draft, Judgement>
  familySize: number
}

function partResults({ input, part, margins, judgements, familySize }: PartInput): ContrastResult[] {
  const { scope, stratum, grid } = part
  const shown = part.drafts.filter(
    ({ spec, metric }) => input.isFactorShown(spec.factor) && input.isMetricShown(metric.key),
  )
  return shown.map(draft => {
    const judgement = judgements.get(draft)
    const facts = resultOf({
      ...{ draft, grid, scope: scope.name, judgement, margins, seed: input.seed },
      ...defined({ stratum }),
    })
    const isLarge = part.isLarge && (stratum === undefined || facts.tasks >= STRATUM_TASKS_MIN)
    const verdict = contrastVerdict({
      ...{ draft, judgement, facts, familySize, status: input.status, unit: input.unit },
      ...{ kinds: scope.kinds, isEvidence: scope.isEvidence, isLarge, solvedMargin: margins.solved },
    })
    return { ...facts, verdict }
  })
}

function scopeFacts(input: ScopesInput, { scope, grid, specs }: Part): Omit<ComparisonScope, 'contrasts' | 'strata'> {
  const { name, kinds, isEvidence, trials } = scope
  const cells = cellsByArm(grid, armsOf(trials, input.factors))
  const main = specs.filter(spec => spec.isMain && input.isFactorShown(spec.factor))
  const slopes = main.filter(spec => spec.isPrimary || spec.factor === 'mode')
  const isAverage = input.unit === 'model'
  return {
    ...{ name, kinds, isEvidence, unit: input.unit },
    arms: cells.map(each => comparedArm(each, input.factors)),
    slopes: slopes.flatMap(spec => SLOPE_METRICS.flatMap(metric => slopeResult(grid, spec, metric) ?? [])),
    flips: main.map(spec => taskFlips(grid, spec)),
    uses: cells.map(armUse),
    reliability: isAverage ? [] : cells.map(armReliability),
    noiseFloor: isAverage ? [] : aaFloors({ grid, specs, factors: input.factors, seed: input.seed }),
  }
}
