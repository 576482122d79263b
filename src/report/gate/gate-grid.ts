import { mainEffect } from '../../statistics/estimates/contrasts.ts'
import type { Grid, GridCell } from '../judging/grid.ts'
import type { Observed } from '../judging/observed.ts'
import type { BaselineTrial } from './baseline.ts'
import type { GateTask } from './gate-groups.ts'

/** The one contrast of a gate. */
export const RUN_AGAINST_BASELINE = {
  kind: 'runs',
  contrast: mainEffect('run − baseline', ['baseline'], ['run']),
} as const

/** One model in one arm, in the form in which every comparison is measured. */
export function gateGrid(tasks: readonly GateTask[]): Grid {
  return {
    hasCensored: false,
    tasks: tasks.map(gateTask => {
      const { task, cluster, weight, lost } = gateTask
      const cellOf = (trials: readonly BaselineTrial[], failed: number): GridCell => {
        return { scored: trials.map((trial, repeat) => observed(gateTask, trial, repeat)), lost: failed }
      }
      const arms = new Map([
        ['baseline', cellOf(gateTask.baseline, lost.baseline)],
        ['run', cellOf(gateTask.run, lost.run)],
      ])
      return { task, cluster, weight, stratum: undefined, callsPerLook: undefined, players: new Map([['', arms]]) }
    }),
  }
}

function observed({ task, cluster }: GateTask, trial: BaselineTrial, repeat: number): Observed {
  const { solved, clauses, key: _, ...facts } = trial
  return {
    ...{ task, cluster, repeat, stratum: undefined, player: '', kind: 'api', levels: [] },
    ...{ score: solved, isLost: false, isCensored: false },
    facts: { ...facts, ...(clauses !== undefined && { clausesKept: clauses, clausesTotal: 1 }) },
  }
}
