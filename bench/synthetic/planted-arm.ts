import { type Arm, BUILT_IN_FACTORS } from '../../src/contracts/arm.ts'
import type { PlantedEffect, SyntheticRun } from './synthetic-run.ts'
import type { SyntheticTask } from './synthetic-tasks.ts'

const BISECTIONS = 60
const SHIFT_MAX = 40

/** What is true of one arm of one model, task by task. */
export interface PlantedArm {
  /** Chance of each task to be solved. */
  chances: number[]
  /** Added to the log of turns and of tokens, for each task. */
  turnsShifts: number[]
  tokensShifts: number[]
  lostShare: number
}

interface PlantInput {
  run: SyntheticRun
  tasks: readonly SyntheticTask[]
  model: SyntheticRun['models'][number]
  arm: Arm
}

export function plantArm({ run, tasks, model, arm }: PlantInput): PlantedArm {
  const held = run.effects.flatMap((effect, index) => (holds(effect, model.spec, arm) ? [{ effect, index }] : []))
  const amounts = tasks.map(task => amountShifts(task, held, run.spread.amountNoise))
  return {
    chances: chancesOf({ run, tasks, model, held }),
    turnsShifts: amounts.map(({ turns }) => turns),
    tokensShifts: amounts.map(({ tokens }) => tokens),
    lostShare: held.reduce((share, { effect }) => share + (effect.lostShare ?? 0), 0),
  }
}

type Held = { effect: PlantedEffect; index: number }[]

function holds({ when }: PlantedEffect, model: string, arm: Arm): boolean {
  return Object.entries(when).every(([name, level]) => (name === 'model' ? model : levelOf(arm, name)) === level)
}

function levelOf(arm: Arm, factor: string): string | undefined {
  if (!Object.hasOwn(BUILT_IN_FACTORS, factor)) return arm.custom[factor]
  return arm[factor as keyof typeof BUILT_IN_FACTORS]
}

/** One shift of all log-odds, such that the mean chance over these very tasks changes by the points planted. */
function chancesOf({ run, tasks, model, held }: Omit<PlantInput, 'arm'> & { held: Held }): number[] {
  const { solvedNoise } = run.spread
  const base = tasks.map(({ difficulty }) => difficulty + (model.strength ?? 0))
  const planted = held.filter(({ effect }) => effect.solvedPoints !== undefined)
  if (planted.length === 0) return base.map(chance)
  const own = ({ ownEffects }: SyntheticTask) =>
    planted.reduce((sum, { index }) => sum + (ownEffects[index]?.solved ?? 0), 0)
  const noisy = tasks.map((task, place) => (base[place] as number) + solvedNoise * own(task))
  const points = planted.reduce((sum, { effect }) => sum + (effect.solvedPoints ?? 0), 0)
  const wanted = meanChance(base, 0) + points / 100
  if (!(wanted > 0 && wanted < 1)) throw new RangeError(`${run.name}: ${points} points do not fit between 0 and 1`)
  const shift = shiftFor(noisy, wanted)
  return noisy.map(logOdds => chance(logOdds + shift))
}

function shiftFor(logOdds: readonly number[], wanted: number): number {
  let [low, high] = [-SHIFT_MAX, SHIFT_MAX]
  for (let step = 0; step < BISECTIONS; step++) {
    const middle = (low + high) / 2
    if (meanChance(logOdds, middle) < wanted) low = middle
    else high = middle
  }
  return (low + high) / 2
}

function meanChance(logOdds: readonly number[], shift: number): number {
  return logOdds.reduce((sum, value) => sum + chance(value + shift), 0) / logOdds.length
}

function chance(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds))
}

function amountShifts(task: SyntheticTask, held: Held, noise: number): { turns: number; tokens: number } {
  let [turns, tokens] = [0, 0]
  for (const { effect, index } of held) {
    const { turnsRatio, tokensRatio, slope } = effect
    if (turnsRatio === undefined && tokensRatio === undefined && slope === undefined) continue
    const own = noise * (task.ownEffects[index]?.amounts ?? 0)
    const sloped = slope === undefined ? 0 : slopeShift(task, slope)
    turns += Math.log(turnsRatio ?? 1) + own + sloped
    tokens += Math.log(tokensRatio ?? 1) + own + sloped
  }
  return { turns, tokens }
}

function slopeShift({ callsMin, looksMin }: SyntheticTask, slope: NonNullable<PlantedEffect['slope']>): number {
  return Math.log(slope.ratioPerDoubling) * Math.log2(callsMin / looksMin / slope.breakEven)
}
