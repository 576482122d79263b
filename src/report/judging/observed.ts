import type { ImportedOutcome } from '../../contracts/imported.ts'
import type { PlayerKind } from '../../contracts/model.ts'
import type { Stratum } from '../../contracts/task.ts'
import type { TrialMetrics } from '../../metrics/trial-metrics.ts'
import { levelOf, playerOf } from '../document/arms.ts'
import { isScored } from '../document/summarise-arm.ts'

/** One trial as a comparison sees it, whether we ran it or its outcome was imported. */
export interface Observed {
  task: string
  cluster: string
  stratum: Stratum | undefined
  player: string
  kind: PlayerKind
  repeat: number
  /** By the order of the factors compared. */
  levels: readonly string[]
  /** 1 solved, 0 not solved, in between for an imported share; absent without a verdict. */
  score: number | undefined
  /** It failed: no verdict, through no fault of the model. */
  isLost: boolean
  /** A limit ended it: its amounts are at least what they are. */
  isCensored: boolean
  /** Whatever else is known. */
  facts: Partial<TrialMetrics>
}

export interface LevelSource {
  /** Levels that the trial itself does not know, such as that of the factor `run`. */
  extra: ReadonlyMap<string, string>
  /** One list for all trials of an arm. */
  shared(levels: string[]): readonly string[]
}

/** A trial of our own. */
export function observedTrial(
  trial: TrialMetrics,
  factors: readonly string[],
  { extra, shared }: LevelSource,
): Observed {
  const { task, cluster, stratum, playerKind, repeat, outcome, limitHit } = trial
  return {
    ...{ task, cluster, stratum, repeat },
    player: playerOf(trial),
    kind: playerKind,
    levels: shared(factors.map(factor => extra.get(factor) ?? levelOf(trial, factor))),
    score: isScored(trial) ? (outcome === 'solved' ? 1 : 0) : undefined,
    isLost: outcome === 'failed',
    isCensored: limitHit !== undefined,
    facts: trial,
  }
}

/** An imported outcome. */
export function observedOutcome(
  outcome: ImportedOutcome,
  factors: readonly string[],
  { extra, shared }: LevelSource,
): Observed {
  const { task, cluster = task, stratum, model, playerKind, repeat, levels, solved, isLimited, ...amounts } = outcome
  const own = new Map(Object.entries(levels))
  return {
    ...{ task, cluster, stratum, repeat },
    player: model,
    kind: playerKind,
    levels: shared(factors.map(factor => extra.get(factor) ?? own.get(factor) ?? '')),
    score: solved,
    isLost: solved === undefined,
    isCensored: isLimited === true,
    facts: amounts,
  }
}
