import { type Contrast, interaction, mainEffect } from '../../statistics/estimates/contrasts.ts'
import type { ReportFactor } from '../document/report.ts'
import { RUN_FACTOR } from './compared-factors.ts'
import type { ContrastKind } from './comparison.ts'

/** Two levels of a factor that are compared; the same for every player. */
export interface LevelPair {
  name: string
  kind: ContrastKind
  factor: string
  other: string
  baseline: string
  /** Chosen on the command line rather than by the rules: never confirmatory. */
  isAsked: boolean
}

/** A pair, or what changes it, as weights of the arms of one scope. */
export interface ContrastSpec extends LevelPair {
  /** A pair over all levels of the other factors, rather than a simple effect or an interaction. */
  isMain: boolean
  isPrimary: boolean
  contrast: Contrast
}

/** The contrasts between modes that have a name: what changes, and nothing else does. */
const MODE_PAIRS = [
  { name: 'composition', kind: 'composition', other: 'script-tool', baseline: 'structured-parallel' },
  { name: 'carrier', kind: 'carrier', other: 'script-text', baseline: 'script-tool' },
  { name: 'parallelism', kind: 'parallelism', other: 'structured-parallel', baseline: 'structured-serial' },
] as const

/** All pairs of a factor's levels that are compared. */
export function levelPairs(factor: ReportFactor, askedBaseline?: string): LevelPair[] {
  const pairs: LevelPair[] = []
  const add = (pair: Omit<LevelPair, 'factor'>) => {
    const isKnown = pairs.some(
      known =>
        [known.other, known.baseline].includes(pair.other) && [known.other, known.baseline].includes(pair.baseline),
    )
    const arePresent = [pair.other, pair.baseline].every(level => factor.levels.includes(level))
    if (!isKnown && arePresent && pair.other !== pair.baseline) pairs.push({ ...pair, factor: factor.name })
  }
  if (factor.name === 'mode') for (const pair of MODE_PAIRS) add({ ...pair, isAsked: false })
  const baselines = factor.name === 'reinjection' ? ['off', factor.baseline, 'placebo'] : [factor.baseline]
  const kind = factor.name === RUN_FACTOR ? 'runs' : 'level'
  const against = (baseline: string, isAsked: boolean) => {
    for (const other of factor.levels) add({ name: `${other} − ${baseline}`, kind, other, baseline, isAsked })
  }
  for (const baseline of baselines) against(baseline, false)
  if (askedBaseline !== undefined) against(askedBaseline, true)
  return pairs
}

/** One combination of levels in a scope. */
export interface ArmLevels {
  key: string
  levels: readonly string[]
}

interface ArmsInput {
  factors: readonly ReportFactor[]
  arms: readonly ArmLevels[]
}

interface SpecInput extends ArmsInput {
  pairs: readonly LevelPair[]
  primary: LevelPair
}

/** The contrasts of one scope, as far as it has the arms for them. */
export function contrastSpecs(input: SpecInput): ContrastSpec[] {
  const { factors, pairs, primary } = input
  const main = pairs.flatMap(pair => mainSpec(input, pair))
  const others = factors.filter(({ name }) => name !== primary.factor)
  return [...main, ...others.flatMap(factor => secondFactorSpecs(input, factor))]
}

/** The arms in which some factors have the given levels, by the levels of all other factors. */
function armsWith({ factors, arms }: ArmsInput, fixed: Levels): Map<string, string> {
  const found = new Map<string, string>()
  for (const { key, levels } of arms) {
    const isFixed = factors.map(({ name }) => Object.hasOwn(fixed, name))
    const isWanted = factors.every(({ name }, index) => !isFixed[index] || fixed[name] === levels[index])
    const rest = levels.filter((_, index) => !isFixed[index])
    if (isWanted) found.set(JSON.stringify(rest), key)
  }
  return found
}

/** The keys that all maps have. */
function shared(maps: readonly ReadonlyMap<string, string>[]): string[] {
  return [...(maps[0]?.keys() ?? [])].filter(key => maps.every(map => map.has(key)))
}

type Levels = Readonly<Record<string, string>>

/** The mean of one level's arms less that of the other's, over the combinations of other levels that both have. */
export function mainContrast(input: ArmsInput, pair: LevelPair, at: Levels = {}): Contrast | undefined {
  const baselines = armsWith(input, { ...at, [pair.factor]: pair.baseline })
  const others = armsWith(input, { ...at, [pair.factor]: pair.other })
  const rest = shared([baselines, others])
  if (rest.length === 0) return undefined
  const keysOf = (map: ReadonlyMap<string, string>) => rest.map(key => map.get(key) as string)
  return mainEffect(pair.name, keysOf(baselines), keysOf(others))
}

function mainSpec(input: SpecInput, pair: LevelPair, at: Levels = {}): ContrastSpec[] {
  const { primary } = input
  const contrast = mainContrast(input, pair, at)
  if (contrast === undefined) return []
  const isSimple = Object.keys(at).length > 0
  const isPrimary = !isSimple && pair.name === primary.name && pair.factor === primary.factor
  const kind = pair.kind === 'level' && contrast.weights.size > 2 ? 'main' : pair.kind
  return [{ ...pair, kind, contrast, isMain: !isSimple, isPrimary }]
}

/** How the primary contrast changes with another factor, and either one at each level of the other. */
function secondFactorSpecs(input: SpecInput, factor: ReportFactor): ContrastSpec[] {
  const { primary } = input
  const base = factor.name === 'reinjection' && factor.levels.includes('off') ? 'off' : factor.baseline
  const pairs = factor.levels.filter(level => level !== base).map(level => pairOf(factor.name, level, base))
  const simple = (pair: LevelPair, name: string, level: string) =>
    mainSpec(input, pair, { [name]: level }).map(spec => ({
      ...spec,
      kind: 'simple' as const,
      name: `${pair.name} at ${name}=${level}`,
    }))
  return [
    ...pairs.flatMap(pair => interactionSpec(input, pair)),
    ...factor.levels.flatMap(level => simple(primary, factor.name, level)),
    ...pairs.flatMap(pair => [
      ...simple(pair, primary.factor, primary.baseline),
      ...simple(pair, primary.factor, primary.other),
    ]),
  ]
}

function pairOf(factor: string, other: string, baseline: string): LevelPair {
  return { name: `${other} − ${baseline}`, kind: 'level', factor, other, baseline, isAsked: false }
}

function interactionSpec(input: SpecInput, pair: LevelPair): ContrastSpec[] {
  const { primary } = input
  const armsAt = (first: string, second: string) => armsWith(input, { [primary.factor]: first, [pair.factor]: second })
  const cells = {
    y11: armsAt(primary.other, pair.other),
    y10: armsAt(primary.other, pair.baseline),
    y01: armsAt(primary.baseline, pair.other),
    y00: armsAt(primary.baseline, pair.baseline),
  }
  const rest = shared(Object.values(cells))
  if (rest.length === 0) return []
  const name = `${primary.name} × (${pair.name})`
  const weights = new Map<string, number>()
  for (const key of rest) {
    const keys = { y11: cells.y11.get(key), y10: cells.y10.get(key), y01: cells.y01.get(key), y00: cells.y00.get(key) }
    const each = interaction(name, keys as Record<keyof typeof cells, string>)
    for (const [arm, weight] of each.weights) weights.set(arm, weight / rest.length)
  }
  const words = { other: `${primary.name} at ${pair.other}`, baseline: `${primary.name} at ${pair.baseline}` }
  const factor = `${primary.factor} × ${pair.factor}`
  return [
    {
      ...{ name, factor, kind: 'interaction', ...words, isAsked: false, isMain: false, isPrimary: false },
      contrast: { name, weights },
    },
  ]
}
