import { seededRandom } from '../../src/base/random.ts'
import type { Arm, Mode } from '../../src/contracts/arm.ts'
import type { TrialDescriptor, TrialEvent } from '../../src/contracts/events.ts'
import type { PlayerKind } from '../../src/contracts/model.ts'
import type { Stratum } from '../../src/contracts/task.ts'
import type { Outcome } from '../../src/contracts/trial.ts'
import { type CallPlan, type TurnPlan, trialEvents } from './trial-events.ts'

export interface SampleRun {
  models: { model: string; playerKind: PlayerKind }[]
  modes?: Mode[]
  reinjections?: Arm['reinjection'][]
  repeats?: number
}

const TASKS: readonly [task: string, stratum: Stratum, calls: number][] = [
  ['rename-export', 'one', 1],
  ['count-words', 'few', 4],
  ['license-headers', 'many-independent', 12],
  ['follow-imports', 'many-dependent', 9],
  ['sum-invoices', 'loop', 20],
  ['grow-a-parser', 'long', 14],
]

const PRICES = {
  inputPerMillion: 2,
  cacheReadPerMillion: 0.5,
  cacheWritePerMillion: 2.5,
  outputPerMillion: 8,
  source: 'made up',
  date: '2026-01-01',
}

/** The trials of a run in which scripts take fewer turns and fail now and then; the same for the same plan. */
export function sampleRun({
  models,
  modes = ['structured-parallel', 'script-tool'],
  reinjections = ['off'],
  repeats = 2,
}: SampleRun): TrialEvent[][] {
  const trials: TrialEvent[][] = []
  for (const { model, playerKind } of models)
    for (const [task, stratum, calls] of TASKS)
      for (let repeat = 0; repeat < repeats; repeat++)
        for (const mode of modes)
          for (const reinjection of reinjections) {
            const id = `t${String(trials.length).padStart(4, '0')}`
            const trial = { id, model, playerKind, task, stratum, cluster: task, repeat, block: repeat, position: 0 }
            trials.push(sampleTrial({ trial, arm: { mode, reinjection }, calls }))
          }
  return trials
}

interface SampleTrial {
  trial: Partial<TrialDescriptor> & { playerKind: PlayerKind; model: string; task: string; repeat: number }
  arm: { mode: Mode; reinjection: Arm['reinjection'] }
  calls: number
}

function sampleTrial({ trial, arm, calls }: SampleTrial): TrialEvent[] {
  const random = seededRandom(JSON.stringify([trial.model, trial.task, trial.repeat, arm]))
  const isScript = arm.mode.startsWith('script')
  const perTurn = isScript ? 6 : arm.mode === 'structured-parallel' ? 3 : 1
  const turns: TurnPlan[] = []
  for (let left = calls; left > 0; left -= perTurn) {
    const size = Math.min(left, perTurn)
    turns.push(isScript ? scriptTurn(size, random) : { ...spent(random, turns.length), calls: someCalls(size, random) })
    if (isScript && random() < 0.15) turns.push(failedScript(random, turns.length))
  }
  turns.push(spent(random, turns.length))
  const kept = [random() < 0.9 ? 1 : 0, random() < 0.85 ? 1 : 0, 1]
  const outcome = outcomeOf(
    trial.playerKind,
    kept.every(value => value === 1),
    random,
  )
  const reinjected =
    arm.reinjection === 'off' ? {} : { reinjectedCopies: 1, reinjectedTokens: 60, promptDistanceTokens: 90 }
  return trialEvents({
    trial: { ...trial, prices: PRICES },
    arm,
    turns: turns.map(turn => ({ ...turn, request: reinjected })),
    clauses: [Object.fromEntries(kept.map((value, index) => [`clause-${index + 1}`, value]))],
    outcome,
    tailMs: 3,
  })
}

function outcomeOf(kind: PlayerKind, isSolved: boolean, random: () => number): Outcome {
  if (kind === 'oracle') return { kind: 'solved' }
  const draw = random()
  if (draw < 0.03) return { kind: 'failed', cause: { area: 'model', class: 'overloaded', message: '529 <overloaded>' } }
  if (draw < 0.07) return { kind: 'limited', limit: 'turns' }
  return isSolved ? { kind: 'solved' } : { kind: 'unsolved' }
}

function spent(random: () => number, turn: number): TurnPlan {
  const fresh = Math.round(800 + random() * 400)
  const usage = {
    inputFreshTokens: fresh,
    cacheReadTokens: turn * 900,
    cacheWriteTokens: 300,
    outputTokens: 120,
    reasoningTokens: 50,
  }
  return { latencyMs: Math.round(900 + random() * 2500), usage, servedModel: 'served-2026-01-01', observation: {} }
}

function someCalls(count: number, random: () => number): CallPlan[] {
  return Array.from({ length: count }, (_, index) => ({
    tool: index % 3 === 0 ? 'exec' : 'readFile',
    durationMs: Math.round(5 + random() * 120),
    facts: index % 3 === 0 ? { osSandboxMs: 6.5, compound: random() < 0.3 } : {},
    effect: index % 4 === 0 ? ('write' as const) : ('read' as const),
    resultBytes: Math.round(400 + random() * 6000),
    ...(random() < 0.06 && { error: { code: 'not-found' as const, message: 'no such file' } }),
  }))
}

const TIMINGS = { stripMs: 0.6, startMs: 1.9, bridgeMs: 0.8, freezeMs: 0.2, teardownMs: 0.3, guestCpuMs: 2.4 }

function scriptTurn(size: number, random: () => number): TurnPlan {
  return { ...spent(random, 1), script: { calls: someCalls(size, random), timings: TIMINGS } }
}

function failedScript(random: () => number, turn: number): TurnPlan {
  const failure = {
    class: 'thrown',
    message: 'x is not a function',
    line: 3,
    column: 7,
    frame: '2 | …\n3 | x()\n  | ^',
  } as const
  return { ...spent(random, turn), script: { failure, timings: TIMINGS, calls: someCalls(1, random) } }
}
