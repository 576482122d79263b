import type { EventRecorder } from '../../bench/synthetic/event-lines.ts'
import { outcomeOf, playTrial } from '../../bench/synthetic/play-trial.ts'
import type { SyntheticRun } from '../../bench/synthetic/synthetic-run.ts'
import { manifestOf } from '../../bench/synthetic/synthetic-suite.ts'
import { drawTasks } from '../../bench/synthetic/synthetic-tasks.ts'
import { syntheticTrials } from '../../bench/synthetic/synthetic-trials.ts'
import type { TrialEvent } from '../../src/contracts/events.ts'
import { measureTrial } from '../../src/metrics/measure-trial.ts'
import type { TrialMetrics } from '../../src/metrics/trial-metrics.ts'
import type { ComparableRun } from '../../src/report/comparison/comparable-run.ts'

/** What `loadComparableRun` gives for the folder of this run, without writing it. */
export function comparableSyntheticRun(run: SyntheticRun): ComparableRun {
  const tasks = drawTasks(run)
  const manifest = manifestOf(run, tasks)
  const trials: TrialMetrics[] = []
  const counts = { solved: 0, unsolved: 0, limited: 0, failed: 0 }
  for (const { trial, facts, startedAt, random } of syntheticTrials(run, tasks)) {
    const log = eventList()
    playTrial({ log, trial, facts, startedAt, random })
    trials.push(measureTrial(log.events) as TrialMetrics)
    counts[outcomeOf(facts).kind]++
  }
  const { solved, unsolved, limited, failed } = counts
  return {
    folder: run.name,
    manifest,
    report: {
      trials,
      coverage: {
        ...{ planned: manifest.trialsPlanned, done: trials.length, scored: solved + unsolved + limited, failed },
        ...{ cancelled: 0, unreadable: [], tornLines: 0 },
      },
    },
  }
}

/** Events as a reader of the log has them, without contents, which no measure reads. */
function eventList(): EventRecorder & { events: TrialEvent[] } {
  const events: TrialEvent[] = []
  let nowMs = 0
  return {
    events,
    record: body => void events.push({ seq: events.length, atMs: Math.round(nowMs * 1000) / 1000, ...body }),
    content: key => key,
    advance: durationMs => {
      nowMs += durationMs
    },
    nowMs: () => nowMs,
  }
}
