import { mean, variance } from '../numbers/moments.ts'

export interface VarianceParts {
  /** Between tasks: Var(x), at least 0. */
  between: number
  /** Within a task, between its trials: σ². */
  within: number
  /** Share of a task mean's variance that is noise: (σ²/K)/(Var(x) + σ²/K). Absent when both are 0. */
  noiseShare?: number
}

/**
 * Splits the variance of task means into tasks and noise (Miller 2024, §3): σ̂² the mean of the tasks' sample
 * variances, V̂ar(x) = max(0, Var(s̄) − mean(σ̂²_i/K_i)). `undefined` unless two tasks have two trials each.
 */
export function varianceParts(tasks: readonly (readonly number[])[]): VarianceParts | undefined {
  const repeated = tasks.filter(trials => trials.length >= 2)
  if (repeated.length < 2) return undefined
  const within = mean(repeated.map(trials => variance(trials) as number)) as number
  const noise = mean(repeated.map(trials => within / trials.length)) as number
  const total = variance(repeated.map(trials => mean(trials) as number)) as number
  const between = Math.max(0, total - noise)
  return { between, within, ...(between + noise > 0 && { noiseShare: noise / (between + noise) }) }
}
