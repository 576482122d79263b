import { defined } from '../../base/defined.ts'
import { digestOf } from '../../base/digest.ts'
import { compareText, groupBy } from '../../base/lists.ts'
import { isEvidence, playerTraits } from '../../base/models/player-kind.ts'
import type { PlayerKind } from '../../contracts/model.ts'
import type { TrialMetrics } from '../../metrics/trial-metrics.ts'
import type { ComparableRun } from '../comparison/comparable-run.ts'
import { playerOf } from '../document/arms.ts'
import { isScored } from '../document/summarise-arm.ts'
import { levelsOfArm } from './arm-levels.ts'

/** One scored trial, as far as a gate asks about it. */
export interface BaselineTrial {
  /** What the trial was and how it went, as a digest: the same trial is never counted twice. */
  key: string
  solved: 0 | 1
  clauses?: number
  turns: number
  toolCalls: number
  inputTokens?: number
  outputTokens?: number
  costUsd?: number
  workingMs: number
}

/** One player's trials of one task, in the state of its files, in one arm. */
export interface BaselineCell {
  model: string
  kind: PlayerKind
  arm: Record<string, string>
  task: string
  taskDigest: string
  cluster: string
  /** In the order of their keys. */
  trials: BaselineTrial[]
  /** Failed trials. */
  lost: number
}

/** Where trials of a baseline came from, and under what conditions; no part of its digest. */
export interface BaselineSource {
  suite: string
  createdAt: string
  trials: number
  conditions: Record<string, string>
}

/** A distribution to compare with, known by its content: neither by a date nor by a place. */
export interface Baseline {
  baselineVersion: 1
  digest: string
  cells: BaselineCell[]
  sources: BaselineSource[]
}

/** The run's trials as a baseline. Players that are not models are left out, except for the oracle, which shows whether a task is stable. */
export function baselineOf(run: ComparableRun): Baseline {
  const { manifest, report } = run
  const counted = report.trials.filter(
    ({ playerKind }) => isEvidence(playerKind) || playerTraits(playerKind).provesTasks,
  )
  const digestOfTask = (task: string) => manifest.tasks[task]?.digest ?? 'unknown'
  const groups = groupBy(counted, trial => cellKeyOf(playerOf(trial), levelsOfArm(trial), trial.task))
  const cells = [...groups.values()].flatMap(group => cellOf(group, digestOfTask) ?? [])
  const trials = cells.reduce((total, cell) => total + cell.trials.length, 0)
  const { suite, createdAt, versions, prompts, toolSchemas, sandbox } = manifest
  const conditions = {
    scriptbench: versions.scriptbench,
    protocol: String(versions.protocol),
    prompts: digestOf(prompts),
    'tool descriptions': toolSchemas,
    sandbox: sandbox.mechanism,
    limits: digestOf(suite.content.limits ?? {}),
  }
  return withDigest(cells, [{ suite: suite.name, createdAt, trials, conditions }])
}

function cellOf(group: readonly TrialMetrics[], digestOfTask: (task: string) => string): BaselineCell | undefined {
  const first = group[0] as TrialMetrics
  const trials = group.filter(isScored).map(baselineTrial)
  const lost = group.filter(trial => trial.outcome === 'failed').length
  if (trials.length + lost === 0) return undefined
  return {
    ...{ model: playerOf(first), kind: first.playerKind, arm: levelsOfArm(first) },
    ...{ task: first.task, taskDigest: digestOfTask(first.task), cluster: first.cluster, trials, lost },
  }
}

function baselineTrial(trial: TrialMetrics): BaselineTrial {
  const { clausesKept, clausesTotal, inputTokens, outputTokens, costUsd } = trial
  const { trialId, startedAt, outcome, turns, toolCalls, wallMs, workingMs } = trial
  return {
    key: digestOf([trialId, startedAt, outcome, turns, toolCalls, wallMs, inputTokens, outputTokens]).slice(0, 24),
    solved: outcome === 'solved' ? 1 : 0,
    ...(clausesKept !== undefined && clausesTotal && { clauses: clausesKept / clausesTotal }),
    ...{ turns, toolCalls },
    ...defined({ inputTokens, outputTokens }),
    ...defined({ costUsd }),
    workingMs,
  }
}

export function cellKeyOf(model: string, arm: Readonly<Record<string, string>>, task: string): string {
  return digestOf([model, arm, task])
}

/** Orders cells and trials by what they are, so that equal content has an equal digest. */
export function withDigest(cells: readonly BaselineCell[], sources: readonly BaselineSource[]): Baseline {
  const keyed = cells.map(cell => ({
    cell: { ...cell, trials: cell.trials.toSorted((left, right) => compareText(left.key, right.key)) },
    key: JSON.stringify([cell.model, cell.task, cell.taskDigest, digestOf(cell.arm)]),
  }))
  const ordered = keyed.sort((left, right) => compareText(left.key, right.key)).map(({ cell }) => cell)
  return { baselineVersion: 1, digest: digestOfCells(ordered), cells: ordered, sources: [...sources] }
}

export function digestOfCells(cells: readonly BaselineCell[]): string {
  return digestOf(cells)
}

/**
 * The baseline with another's trials added. Nothing is ever removed from it; a trial that it has
 * already is not added again.
 */
export function addToBaseline(baseline: Baseline, other: Baseline): { baseline: Baseline; added: number } {
  const cells = new Map(baseline.cells.map(cell => [mergeKey(cell), cell]))
  let added = 0
  for (const cell of other.cells) {
    const key = mergeKey(cell)
    const own = cells.get(key)
    const known = new Set(own?.trials.map(trial => trial.key))
    const fresh = cell.trials.filter(trial => !known.has(trial.key))
    if (fresh.length === 0) continue
    added += fresh.length
    const lost = (own?.lost ?? 0) + cell.lost
    cells.set(key, { ...(own ?? cell), trials: [...(own?.trials ?? []), ...fresh], lost })
  }
  const sources = added === 0 ? baseline.sources : [...baseline.sources, ...other.sources]
  return { baseline: withDigest([...cells.values()], sources), added }
}

function mergeKey({ model, arm, task, taskDigest }: BaselineCell): string {
  return `${cellKeyOf(model, arm, task)}/${taskDigest}`
}
