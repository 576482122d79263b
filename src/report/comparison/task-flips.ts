import type { Grid, GridTask } from '../judging/grid.ts'
import type { TaskFlips } from './comparison.ts'
import type { ContrastSpec } from './contrast-specs.ts'

/** Tasks whose share solved differs between the two sides of a contrast, over the same players and other levels. */
export function taskFlips(grid: Grid, spec: ContrastSpec): TaskFlips {
  const flips: TaskFlips = { contrast: spec.name, gained: [], lost: [] }
  for (const task of grid.tasks) {
    const sides = sidesOf(task, spec)
    if (sides.baseline.trials === 0 || sides.other.trials === 0) continue
    const shift = sides.other.solved / sides.other.trials - sides.baseline.solved / sides.baseline.trials
    if (Math.abs(shift) < 1e-12) continue
    const flip = { task: task.task, baseline: shareOf(sides.baseline), other: shareOf(sides.other) }
    flips[shift > 0 ? 'gained' : 'lost'].push(flip)
  }
  return flips
}

interface Side {
  solved: number
  trials: number
}

function sidesOf({ players }: GridTask, { contrast }: ContrastSpec): { baseline: Side; other: Side } {
  const sides = { baseline: { solved: 0, trials: 0 }, other: { solved: 0, trials: 0 } }
  for (const arms of players.values()) {
    const isWhole = [...contrast.weights.keys()].every(arm => (arms.get(arm)?.scored.length ?? 0) > 0)
    if (!isWhole) continue
    for (const [arm, weight] of contrast.weights) {
      const side = sides[weight > 0 ? 'other' : 'baseline']
      for (const { score, facts } of arms.get(arm)?.scored ?? []) {
        const trials = 'n' in facts && typeof facts.n === 'number' ? facts.n : 1
        side.solved += (score ?? 0) * trials
        side.trials += trials
      }
    }
  }
  return sides
}

function shareOf({ solved, trials }: Side): string {
  return `${Number(solved.toFixed(1))}/${trials}`
}
