import type { Random } from '../../src/base/random.ts'
import { type Arm, MODE_TRAITS } from '../../src/contracts/arm.ts'
import type { Usage } from '../../src/contracts/model.ts'
import { drawExponential, drawNormal } from '../simulation/draws.ts'
import type { PlantedArm } from './planted-arm.ts'
import type { SyntheticRun } from './synthetic-run.ts'
import type { SyntheticTask } from './synthetic-tasks.ts'

/** Turns of a step: at least one with an action, and the closing words. */
const TURNS_OF_STEP_MIN = 2
const STEPS_OF_LONG = 3
const CLAUSE_KEPT_SHARE = 0.7
/** Shares of all input that were read from a cache and written to it. The first turn has no cache to read. */
const CACHE_READ_SHARE = 0.7
const CACHE_WRITE_SHARE = 0.1
const OUTPUT_PER_INPUT = 0.06
const REASONING_SHARE = 0.4

export type TurnUsage = Required<Pick<Usage, `${string}Tokens` & keyof Usage>>

export interface TurnFacts {
  kind: 'action' | 'protocol-error' | 'closing'
  /** Calls of one action; in a script arm they are in one script. */
  calls: number
  failure?: 'thrown' | 'tool-error'
  isRetried: boolean
  latencyMs: number
  usage: TurnUsage
}

/** Everything that happens in one trial, before it is put into events. */
export interface TrialFacts {
  ending: 'solved' | 'unsolved' | 'limited' | 'lost'
  /** The user prompts of the trial. */
  steps: number
  turns: TurnFacts[]
  clauses: boolean[]
}

interface DrawInput {
  run: SyntheticRun
  task: SyntheticTask
  /** The task's number: its place in what is planted. */
  index: number
  arm: Arm
  planted: PlantedArm
  random: Random
}

export function drawTrial(input: DrawInput): TrialFacts {
  const { run, task, planted, index, random } = input
  const { spread, limits } = run
  const isSolved = random() < (planted.chances[index] as number)
  const isLimited = !isSolved && random() < spread.limitedShare
  const isLost = random() < planted.lostShare
  // Mean 0, standard deviation 1, skewed: some trials lose their way.
  const wandering = spread.trialSpread * (drawExponential(random) - 1)
  const drawn = Math.exp(task.logTurns + wandering + (planted.turnsShifts[index] as number))
  const whole = Math.floor(drawn + random())
  const finished = isLimited ? limits.turnsMax : Math.min(Math.max(whole, TURNS_OF_STEP_MIN), limits.turnsMax - 1)
  const turns = isLost ? 1 + Math.floor(random() * finished) : finished
  const logTokens =
    task.logTokens + 0.8 * wandering + 0.2 * drawNormal(random) + (planted.tokensShifts[index] as number)
  // A trial that lost its way, or was cut off, used more or less than its task is worth.
  const length = isLimited || isLost ? turns / Math.max(1, drawn) : 1
  const inputTokens = Math.round(Math.exp(logTokens) * length)
  const steps = task.stratum === 'long' ? Math.min(STEPS_OF_LONG, Math.floor(finished / TURNS_OF_STEP_MIN)) : 1
  const ending = isLost ? 'lost' : isSolved ? 'solved' : isLimited ? 'limited' : 'unsolved'
  return {
    ...{ ending, steps },
    turns: drawTurns(input, {
      turns,
      steps,
      inputTokens: Math.max(turns * 50, inputTokens),
      isOpen: isLost || isLimited,
    }),
    clauses: drawClauses(random, isSolved),
  }
}

function drawClauses(random: Random, isSolved: boolean): boolean[] {
  const clauses = Array.from({ length: 4 }, () => isSolved || random() < CLAUSE_KEPT_SHARE)
  if (!isSolved) clauses[Math.floor(random() * clauses.length)] = false
  return clauses
}

interface TurnsInput {
  turns: number
  steps: number
  inputTokens: number
  /** The trial ends in the middle: its last turn closes nothing. */
  isOpen: boolean
}

function drawTurns(
  { run, task, arm, random }: DrawInput,
  { turns, steps, inputTokens, isOpen }: TurnsInput,
): TurnFacts[] {
  const { spread } = run
  const isScript = MODE_TRAITS[arm.mode].action === 'script'
  const closing = new Set(Array.from({ length: steps }, (_, step) => Math.floor((turns * (step + 1)) / steps) - 1))
  if (isOpen) closing.delete(turns - 1)
  const calls = Math.min(spread.callsMax, Math.round(task.callsMin * (1 + 0.2 * drawExponential(random))))
  const callsOf = sharesOf(MODE_TRAITS[arm.mode].callsPerTurn === 'one' ? turns : calls, Array(turns).fill(1))
  const usages = usagesOf(turns, inputTokens)
  return usages.map((usage, turn) => {
    const isError = random() < spread.protocolErrorShare
    const hasFailed = isScript && random() < spread.scriptFailureShare
    const kind = closing.has(turn) ? 'closing' : isError ? 'protocol-error' : 'action'
    return {
      ...{ kind, usage, calls: kind === 'action' ? Math.max(1, callsOf[turn] as number) : 0 },
      ...(kind === 'action' && hasFailed && { failure: random() < 0.5 ? 'thrown' : 'tool-error' }),
      isRetried: random() < spread.retryShare,
      latencyMs: Math.round(600 + 12 * usage.outputTokens + 500 * drawExponential(random)),
    }
  })
}

/** Later requests are longer: each contains what came before it. */
function usagesOf(turns: number, inputTokens: number): TurnUsage[] {
  const weights = Array.from({ length: turns }, (_, turn) => 1 + 0.15 * turn)
  return sharesOf(inputTokens, weights).map((input, turn) => {
    const cacheReadTokens = turn === 0 ? 0 : Math.floor(input * CACHE_READ_SHARE)
    const cacheWriteTokens = Math.floor(input * CACHE_WRITE_SHARE)
    const outputTokens = Math.max(2, Math.round(input * OUTPUT_PER_INPUT))
    return {
      inputFreshTokens: input - cacheReadTokens - cacheWriteTokens,
      ...{ cacheReadTokens, cacheWriteTokens, outputTokens },
      reasoningTokens: Math.floor(outputTokens * REASONING_SHARE),
    }
  })
}

/** Whole numbers in proportion to the weights that add up to the total. */
function sharesOf(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0)
  let [seen, given] = [0, 0]
  return weights.map(weight => {
    seen += weight
    const share = Math.round((total * seen) / sum) - given
    given += share
    return share
  })
}
