import { varianceParts } from '../../statistics/estimates/variance-parts.ts'
import { trialsNeeded } from '../../statistics/hypotheses/minimum-detectable-effect.ts'
import { normalQuantile } from '../../statistics/numbers/distributions.ts'
import { mean } from '../../statistics/numbers/moments.ts'
import type { JudgedCheck } from './gate-judge.ts'
import type { GatePolicy } from './gate-policy.ts'
import type { GateCheck } from './gate-result.ts'

/**
 * What it takes to decide with the policy's power, had nothing changed: n·((z_{1−α} + z_{power})·SE/margin)² tasks like
 * these (statistics: α one-sided for a margin, two-sided for a detectable effect), or so many trials of these tasks on
 * each side, where the noise of a trial can be separated from that of a task.
 */
export function neededFor(check: JudgedCheck, { power }: GatePolicy): GateCheck['needed'] {
  const { gate, group, measured } = check
  const { spread, tasks } = measured
  if (check.outcome !== 'inconclusive' || spread === undefined) return undefined
  const alpha = gate.kind === 'margin' ? 0.1 : 0.05
  const z = normalQuantile(1 - alpha / 2) + normalQuantile(power)
  const count = Math.ceil(tasks * ((z * spread.standardError) / gate.limit) ** 2)
  if (count <= tasks) return undefined
  if (gate.metric !== 'solved') return { tasks: count }
  const noiseBaseline = varianceParts(group.tasks.map(task => task.baseline.map(trial => trial.solved)))?.within
  const noiseOther = varianceParts(group.tasks.map(task => task.run.map(trial => trial.solved)))?.within
  if (noiseBaseline === undefined || noiseOther === undefined) return { tasks: count }
  const perTrial = (side: 'baseline' | 'run') => mean(group.tasks.map(task => 1 / Math.max(1, task[side].length))) ?? 1
  const noise = noiseBaseline * perTrial('baseline') + noiseOther * perTrial('run')
  const effectVariance = Math.max(0, spread.standardError ** 2 * tasks - noise)
  const design = { effectVariance, noiseBaseline, noiseOther }
  const trials = trialsNeeded(design, { effect: gate.limit, tasks, alpha, power })
  return { tasks: count, ...(trials !== undefined && trials > 1 && { trials }) }
}
