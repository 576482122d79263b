import { compareText } from '../../../base/lists.ts'
import type { TrialMetrics } from '../../../metrics/trial-metrics.ts'
import type { ArmDetails, Count, TokenParts, TurnBin } from './details.ts'
import type { LogTally } from './log-tally.ts'
import { quantilesOf } from './quantiles.ts'

interface ArmSource {
  label: string
  scored: readonly TrialMetrics[]
  tally: LogTally
}

export function armDetails({ label, scored, tally }: ArmSource): ArmDetails {
  return {
    label,
    spreads: {
      turns: quantilesOf(scored.map(trial => trial.turns)),
      tokens: quantilesOf(scored.map(totalTokens)),
      wallMs: quantilesOf(scored.map(trial => trial.wallMs)),
    },
    tokens: tokenParts(scored),
    limits: countsOf(limitsOf(scored)),
    scriptErrors: countsOf(scriptErrors(scored)),
    protocolErrors: countsOf(tally.protocolErrors),
    toolErrors: countsOf(tally.toolErrors),
    approvals: countsOf(tally.approvals),
    turns: tally.bins.map(binOf),
  }
}

function totalTokens({ inputTokens, outputTokens }: TrialMetrics): number | undefined {
  return inputTokens === undefined || outputTokens === undefined ? undefined : inputTokens + outputTokens
}

/**
 * Tool definitions are sent with each request, so their estimate counts once per turn. Estimates of parts never exceed the
 * input they are part of.
 */
function tokenParts(scored: readonly TrialMetrics[]): TokenParts | undefined {
  const sums = { n: 0, toolDefinitions: 0, reinjected: 0, otherInput: 0, visibleOutput: 0, reasoning: 0 }
  for (const trial of scored) {
    const { inputTokens, outputTokens } = trial
    if (inputTokens === undefined || outputTokens === undefined) continue
    const toolDefinitions = Math.min(inputTokens, trial.toolDefinitionTokens * trial.turns)
    const reinjected = Math.min(inputTokens - toolDefinitions, trial.reinjectedTokens)
    const reasoning = Math.min(outputTokens, trial.reasoningTokens ?? 0)
    sums.n++
    sums.toolDefinitions += toolDefinitions
    sums.reinjected += reinjected
    sums.otherInput += inputTokens - toolDefinitions - reinjected
    sums.visibleOutput += outputTokens - reasoning
    sums.reasoning += reasoning
  }
  const { n } = sums
  if (n === 0) return undefined
  return {
    n,
    toolDefinitions: sums.toolDefinitions / n,
    reinjected: sums.reinjected / n,
    otherInput: sums.otherInput / n,
    visibleOutput: sums.visibleOutput / n,
    reasoning: sums.reasoning / n,
  }
}

function limitsOf(scored: readonly TrialMetrics[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { outcome, limitHit } of scored)
    if (outcome === 'limited') counts.set(limitHit ?? 'unknown', (counts.get(limitHit ?? 'unknown') ?? 0) + 1)
  return counts
}

/** From the column `script_failure_classes`: `thrown 2; tool-error 1`. */
function scriptErrors(scored: readonly TrialMetrics[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { scriptFailureClasses } of scored)
    for (const part of scriptFailureClasses?.split('; ') ?? []) {
      const space = part.lastIndexOf(' ')
      const name = part.slice(0, space)
      counts.set(name, (counts.get(name) ?? 0) + Number(part.slice(space + 1)))
    }
  return counts
}

/** Most frequent first. */
function countsOf(counts: ReadonlyMap<string, number>): Count[] {
  const list = [...counts].map(([name, count]) => ({ name, count }))
  return list.sort((left, right) => right.count - left.count || compareText(left.name, right.name))
}

function binOf({ requests, distanceTokens, clausesKept, clausesTotal }: LogTally['bins'][number]): TurnBin {
  return {
    requests,
    ...(requests > 0 && { promptDistanceTokens: distanceTokens / requests }),
    clausesKept,
    clausesTotal,
  }
}
