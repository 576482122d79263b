import type { Clock } from '../contracts/clock.ts'
import type { Usage } from '../contracts/model.ts'
import { type CountedLimit, LIMIT_FIELDS, type TrialLimits } from '../contracts/suite.ts'

/** What a trial has used up so far, against its limits. */
export interface Budget {
  turnStarted(): void
  toolCallsRan(count: number): void
  waited(durationMs: number): void
  used(usage: Usage | undefined, costUsd: number | undefined): void
  /** The first limit that is reached; asked before each request. */
  reached(): CountedLimit | undefined
}

const COUNTED_LIMITS = Object.keys(LIMIT_FIELDS) as CountedLimit[]

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
      const spent: Record<CountedLimit, number> = {
        turns,
        toolCalls,
        wallTime: wallMs,
        workingTime: wallMs - waitedMs,
        tokens,
        cost: costUsd,
      }
      return COUNTED_LIMITS.find(name => spent[name] >= (limits[LIMIT_FIELDS[name]] ?? Number.POSITIVE_INFINITY))
    },
  }
}

/** A limit counts what is known; an unknown bucket cannot stop a trial. */
function sumOfTokens(usage: Usage | undefined): number {
  if (usage === undefined) return 0
  const { inputFreshTokens = 0, cacheReadTokens = 0, cacheWriteTokens = 0, outputTokens = 0 } = usage
  return inputFreshTokens + cacheReadTokens + cacheWriteTokens + outputTokens
}
