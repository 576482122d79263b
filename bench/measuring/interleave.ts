import { Bench } from 'tinybench'

/** One of several things that are measured against each other. */
export interface Candidate {
  name: string
  /** Does it once. A number is taken as the sample, in whatever unit, instead of the milliseconds that it took. */
  sample(number: number): Promise<number | undefined> | Promise<void>
}

export type Sampled = { kind: 'measured'; samples: number[] } | { kind: 'failed'; reason: string }

export interface InterleaveOptions {
  rounds: number
  /** Samples a candidate gives in each of its turns: several, where another's turn would leave cold caches behind. */
  samplesPerTurn: number
  /** How long each candidate runs before the first round, at least once: compilers take their time. Absent: not at all. */
  warmupMs: number | undefined
  /** A candidate that has used this much time gets no further turn after `ROUNDS_MIN` rounds… */
  budgetMs: number
  /** …unless it is one of these. */
  unhurried: ReadonlySet<string>
  /** Called before each turn. */
  onTurn(name: string): void
}

export const ROUNDS_MIN = 3

/**
 * Measures in turns: each round takes samples of every candidate, one after the other, and each round begins with the
 * next one, so that a slow moment of the machine affects all of them. tinybench takes the samples of a turn; those of all
 * turns are pooled.
 */
export async function interleave(
  candidates: readonly Candidate[],
  options: InterleaveOptions,
): Promise<Map<string, Sampled>> {
  const { rounds, samplesPerTurn, warmupMs, budgetMs, unhurried, onTurn } = options
  const states = candidates.map(candidate => ({ candidate, samples: [] as number[], usedMs: 0, number: 0, failed: '' }))
  async function turn(state: (typeof states)[number], count: number): Promise<number[]> {
    const { candidate } = state
    onTurn(candidate.name)
    const startedMs = performance.now()
    const taken = await samplesOf(candidate, state.number, count)
    state.number += count
    state.usedMs += performance.now() - startedMs
    if (typeof taken === 'string') state.failed = taken
    return typeof taken === 'string' ? [] : taken
  }
  async function warmUp(state: (typeof states)[number], durationMs: number): Promise<void> {
    do await turn(state, 1)
    while (state.failed === '' && state.usedMs < durationMs)
    state.usedMs = 0
  }
  if (warmupMs !== undefined) for (const state of states) await warmUp(state, warmupMs)
  for (let round = 0; round < rounds; round++) {
    const first = round % Math.max(1, states.length)
    for (const state of [...states.slice(first), ...states.slice(0, first)]) {
      const isSpent = round >= ROUNDS_MIN && state.usedMs > budgetMs && !unhurried.has(state.candidate.name)
      if (state.failed === '' && !isSpent) state.samples.push(...(await turn(state, samplesPerTurn)))
    }
  }
  return new Map(states.map(({ candidate, samples, failed }) => [candidate.name, sampledOf(samples, failed)]))
}

function sampledOf(samples: number[], failed: string): Sampled {
  return failed === '' ? { kind: 'measured', samples } : { kind: 'failed', reason: failed }
}

/** The samples of one turn, or why there are none. */
async function samplesOf(candidate: Candidate, first: number, count: number): Promise<number[] | string> {
  const bench = new Bench({ iterations: count, time: 0, warmup: false, retainSamples: true })
  let number = first
  const sample = async () => {
    const sampleMs = await candidate.sample(number++)
    return sampleMs === undefined ? undefined : { overriddenDuration: sampleMs }
  }
  bench.add(candidate.name, sample, { async: true })
  const [task] = await bench.run()
  if (task === undefined) return 'no result'
  const { result } = task
  if (result.state === 'errored') return result.error.message
  return 'latency' in result ? [...(result.latency.samples ?? [])] : result.state
}
