import type { Manifest } from '../../src/contracts/manifest.ts'
import { measureTrial } from '../../src/metrics/measure-trial.ts'
import type { TrialMetrics } from '../../src/metrics/trial-metrics.ts'
import type { ComparableRun } from '../../src/report/comparison/comparable-run.ts'
import { isScored } from '../../src/report/document/summarise-arm.ts'
import { manifestOf } from './manifest.ts'
import { trialEvents } from './trial-events.ts'

const BASE = measureTrial(trialEvents({})) as TrialMetrics

export type Facts = Partial<TrialMetrics>

let counter = 0

/** One trial in numbers; whatever is not given is that of a plain solved trial in one turn. */
export function trialOf(facts: Facts = {}): TrialMetrics {
  counter += 1
  const { task = 'a' } = facts
  return { ...BASE, trialId: `t${counter}`, cluster: task, stratum: 'few', outcome: 'solved', ...facts, task }
}

/** A finished run with these trials. */
export function runOf(trials: TrialMetrics[], manifest: Partial<Manifest> = {}, folder = 'reports/run'): ComparableRun {
  const count = (outcome: TrialMetrics['outcome']) => trials.filter(trial => trial.outcome === outcome).length
  return {
    folder,
    manifest: manifestOf({ trialsPlanned: trials.length, ...manifest }),
    report: {
      trials,
      coverage: {
        planned: manifest.trialsPlanned ?? trials.length,
        done: trials.length,
        scored: trials.filter(isScored).length,
        failed: count('failed'),
        cancelled: count('cancelled'),
        unreadable: [],
        tornLines: 0,
      },
    },
  }
}

export const PARALLEL = 'structured-parallel' as const
export const SCRIPT = 'script-tool' as const

/** Tasks t00, t01, …, each tried in both modes: what to change of a trial, by the task's number. */
export function pairedTrials(
  count: number,
  factsOf: (index: number, mode: typeof PARALLEL | typeof SCRIPT, repeat: number) => Facts,
  repeats = 1,
): TrialMetrics[] {
  const trials: TrialMetrics[] = []
  for (let index = 0; index < count; index++) {
    for (let repeat = 0; repeat < repeats; repeat++) {
      for (const mode of [PARALLEL, SCRIPT] as const) {
        const task = `t${String(index).padStart(2, '0')}`
        trials.push(trialOf({ task, mode, repeat, ...factsOf(index, mode, repeat) }))
      }
    }
  }
  return trials
}
