import { createCaseFolder } from '../check/case-folder.ts'
import { checkCase } from '../check/check-case.ts'
import type { SelectedCase } from '../corpus/select-cases.ts'
import type { Port } from '../port/port.ts'
import { type CasePair, isPassed, SIDES, type Side } from './case-pairs.ts'

/** How long calls of one tool take. Times are medians of the cases' medians. */
export interface Speed {
  cases: number
  rounds: number
  aMs: number
  bMs: number
  /** How often A was the faster of the two, of all cases and rounds. */
  aFasterShare: number
  /** Absent where the difference is not clear. */
  faster?: Side
}

export interface TimingOptions {
  casesMax: number
  roundsMax: number
  /** No round begins later than this. */
  budgetMs: number
}

export const TIMING_DEFAULT: TimingOptions = { casesMax: 15, roundsMax: 7, budgetMs: 6_000 }

/** How much smaller the faster one's median has to be, and how often it has to be faster. */
const CLEAR_RATIO = 0.8
const CLEAR_SHARE = 0.75
const CALL_TIMEOUT_MS = 20_000

/** Commands of these groups sleep. */
const SLEEPS = /^timeouts/

/**
 * Times the calls of cases that both ports pass: A and B take turns case by case, the first of a pair changes with
 * every round, and a first round is not counted. Only the call is timed, not the tree around it.
 */
export async function timePorts(
  pairs: readonly CasePair[],
  ports: Record<Side, Port>,
  { scratchDir, timing = TIMING_DEFAULT }: { scratchDir: string; timing?: TimingOptions | undefined },
): Promise<Speed | undefined> {
  const fit = pairs.filter(pair => isPassed(pair.a) && isPassed(pair.b) && !SLEEPS.test(pair.category))
  const sample = spread(fit, timing.casesMax).map(({ selected }) => selected)
  if (sample.length === 0) return undefined
  const times = { a: sample.map((): number[] => []), b: sample.map((): number[] => []) }
  const startedAtMs = performance.now()
  for (let round = 0; round <= timing.roundsMax; round++) {
    if (round > 1 && performance.now() - startedAtMs > timing.budgetMs) break
    for (const [index, one] of sample.entries()) {
      for (const side of (round + index) % 2 === 0 ? SIDES : SIDES.toReversed()) {
        const ms = await timeCase(one, ports[side], scratchDir)
        // What passed before and fails now cannot be timed.
        if (ms === undefined) return undefined
        if (round > 0) times[side][index]?.push(ms)
      }
    }
  }
  return speedOf(times)
}

/** Evenly from the first to the last, the same every time. */
function spread<Item>(items: readonly Item[], countMax: number): Item[] {
  if (items.length <= countMax) return [...items]
  return Array.from({ length: countMax }, (_, index) => items[Math.floor((index * items.length) / countMax)] as Item)
}

async function timeCase(one: SelectedCase, port: Port, path: string): Promise<number | undefined> {
  const folder = createCaseFolder(path)
  let durationMs = 0
  try {
    const verdict = await checkCase({
      ...one,
      deviations: [],
      folder,
      prepare: () => one.case.prepare(folder),
      async call(given) {
        const startedAtMs = performance.now()
        try {
          return await port.call({ profile: one.profile, cwd: folder.cwd, ...given }, CALL_TIMEOUT_MS)
        } finally {
          durationMs += performance.now() - startedAtMs
        }
      },
    })
    return verdict.kind === 'error' ? undefined : durationMs
  } finally {
    folder.remove()
  }
}

/** Times by case and round → which port is faster. */
export function speedOf({ a, b }: Record<Side, readonly (readonly number[])[]>): Speed {
  const aMs = median(a.map(median))
  const bMs = median(b.map(median))
  const pairs = a.flatMap((times, index) => times.map((ms, round) => [ms, b[index]?.[round] ?? ms] as const))
  const aFasterShare = pairs.filter(([left, right]) => left < right).length / pairs.length
  const isA = aMs <= CLEAR_RATIO * bMs && aFasterShare >= CLEAR_SHARE
  const isB = bMs <= CLEAR_RATIO * aMs && 1 - aFasterShare >= CLEAR_SHARE
  const faster: Side | undefined = isA ? 'a' : isB ? 'b' : undefined
  return { cases: a.length, rounds: a[0]?.length ?? 0, aMs, bMs, aFasterShare, ...(faster && { faster }) }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right)
  const middle = sorted.length / 2
  const upper = sorted[Math.floor(middle)] ?? 0
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? 0) + upper) / 2 : upper
}
