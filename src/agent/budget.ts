import type { Clock } from '../contracts/clock.ts'
import type { Usage } from '../contracts/model.ts'
import type { LimitName, TrialLimits } from '../contracts/suite.ts'

/** What a trial has used up so far, against its limits. */
export interface Budget {
  turnStarted(): void
  toolCallsRan(count: number): void
  waited(durationMs: number): void
  used(usage: Usage | undefined, costUsd: number | undefined): void
  /** The first limit that is reached; asked before each request. */
  reached(): LimitName | undefined
}

export function createBudget(limits: TrialLimits, clock: Clock): Budget {
  const startedAtMs = clock.nowMs()
  let turns = 0
  let toolCalls = 0
  let waitedMs = 0
  let tokens = 0
  let costUsd = 0
  return {
    turnStarted: () => {
      turns++
    },
    toolCallsRan: count => {
      toolCalls += count
    },
    waited: durationMs => {
      waitedMs += durationMs
    },
    used: (usage, cost) => {
      tokens += sumOfTokens(usage)
      costUsd += cost ?? 0
    },
    reached() {
      const wallMs = clock.nowMs() - startedAtMs
      if (turns >= limits.turnsMax) return 'turns'
      if (toolCalls >= limits.toolCallsMax) return 'toolCalls'
      if (wallMs >= limits.wallTimeMs) return 'wallTime'
      if (limits.workingTimeMs !== undefined && wallMs - waitedMs >= limits.workingTimeMs) return 'workingTime'
      if (limits.tokensMax !== undefined && tokens >= limits.tokensMax) return 'tokens'
      if (limits.costUsdMax !== undefined && costUsd >= limits.costUsdMax) return 'cost'
      return undefined
    },
  }
}

/** A limit counts what is known; an unknown bucket cannot stop a trial. */
function sumOfTokens(usage: Usage | undefined): number {
  if (usage === undefined) return 0
  const { inputFreshTokens = 0, cacheReadTokens = 0, cacheWriteTokens = 0, outputTokens = 0 } = usage
  return inputFreshTokens + cacheReadTokens + cacheWriteTokens + outputTokens
}
