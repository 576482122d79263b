import type { Task } from '../contracts/task.ts'
import type { TrialMetrics } from '../metrics/trial-metrics.ts'
import { pilotRepeats } from './designs.ts'
import { isModel, levelOf, pilotPlayers, playerOf } from './pilot.ts'
import { type Designs, PLANNED_METRICS, type Plan, type PlannedContrast, type PlannedMetric } from './plan.ts'

const PILOT_TASKS_FEW = 20
const PILOT_REPEATS_FEW = 2

const NOUNS: Record<PlannedMetric, string> = { solved: 'solved', turns: 'turns', inputTokens: 'input tokens' }

/** What the pilot is, as far as it was counted. */
export function pilotFacts(trials: readonly TrialMetrics[], contrast: PlannedContrast): NonNullable<Plan['pilot']> {
  return {
    tasks: pairedTasks(trials, contrast),
    repeats: pilotRepeats(trials, contrast),
    players: [...new Set(trials.map(playerOf))].sort(),
    trials: trials.length,
  }
}

/** Why the pilot cannot represent a run of the suite, in a sentence; nothing where it can. */
export function pilotProblem(trials: readonly TrialMetrics[], contrast: PlannedContrast): string | undefined {
  if (trials.length === 0) return 'the pilot has no scored trials'
  const levels = [...new Set(trials.flatMap(trial => levelOf(trial, contrast.factor) ?? []))].sort()
  const missing = [contrast.baseline, contrast.other].filter(level => !levels.includes(level))
  if (missing.length > 0) {
    const has = levels.length === 0 ? 'no such factor' : levels.join(', ')
    return `the suite compares ${contrast.name} (factor ${contrast.factor}), but no trial of the pilot has ${missing.join(' or ')}; it has ${has}`
  }
  const hasPair = pairedTasks(trials, contrast) > 0
  return hasPair ? undefined : `no task of the pilot was scored with both ${contrast.other} and ${contrast.baseline}`
}

function pairedTasks(trials: readonly TrialMetrics[], contrast: PlannedContrast): number {
  const counts = pilotPlayers(trials, contrast, 'solved').map(({ differences }) => differences.length)
  return Math.max(0, ...counts)
}

interface WarningInput {
  /** The trials that the variances rest on. */
  counted: readonly TrialMetrics[]
  contrast: PlannedContrast
  tasks: readonly Task[]
  designs: Designs
}

/** What makes the pilot a weak ground. */
export function pilotWarnings({ counted, contrast, tasks, designs }: WarningInput): string[] {
  const { tasks: paired, repeats, players } = pilotFacts(counted, contrast)
  const warnings: string[] = []
  if (!counted.some(isModel)) {
    warnings.push(
      `The pilot's players are not models (${players.join(', ')}), so its variances do not predict how models vary.`,
    )
  }
  if (paired < PILOT_TASKS_FEW) {
    warnings.push(
      `The pilot has ${paired} tasks with both arms. With fewer than ${PILOT_TASKS_FEW} its variances are rough.`,
    )
  }
  const assumed = PLANNED_METRICS.filter(metric => designs[metric].source === 'assumed')
  if (assumed.length > 0) {
    const nouns = assumed.map(metric => NOUNS[metric]).join(', ')
    warnings.push(
      `The pilot does not show the variance of ${nouns} (unknown, or all trials were equal): assumed values are used instead.`,
    )
  }
  if (designs.solved.source === 'pilot' && designs.solved.effectVariance === 0) {
    warnings.push(
      'In the pilot the effect is the same in all tasks. If it is not, more repeats help less than shown here.',
    )
  }
  if (repeats < PILOT_REPEATS_FEW) {
    warnings.push('The pilot has one trial per task and arm, so the share of noise in its variance is assumed.')
  }
  const known = new Set(tasks.map(task => task.id))
  const strange = new Set(counted.filter(trial => !known.has(trial.task)).map(trial => trial.task)).size
  if (strange > 0) warnings.push(`${strange} of the pilot's tasks are not in the suite.`)
  return warnings
}
