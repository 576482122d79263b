import { errorText } from '../../base/error-text.ts'
import type { TrialEvent } from '../../contracts/events.ts'
import { readTrialLog } from '../../log/read-trial-log.ts'
import { measureTrial } from '../../metrics/measure-trial.ts'
import type { RowMetrics } from './trial-row.ts'

/** A finished trial's numbers, or in words why there are none. */
export async function measureLog(file: string, trial: string): Promise<RowMetrics> {
  const log = await readTrialLog(file)
  if (log.ok) return measureEvents(log.value.events, trial)
  return { kind: 'unreadable', reason: log.error.message.replace(`${file}: `, '') }
}

/** The same for events that were read already. The content of a log must never stop the viewer. */
export function measureEvents(events: readonly TrialEvent[], trial: string): RowMetrics {
  try {
    const metrics = measureTrial(events)
    if (metrics === undefined) return { kind: 'unreadable', reason: 'its log has no end' }
    if (metrics.trialId === trial) return { kind: 'measured', metrics }
    return { kind: 'unreadable', reason: `its log is that of trial ${metrics.trialId}` }
  } catch (error) {
    const words = errorText(error)
    return { kind: 'unreadable', reason: `its events do not fit together (${words})` }
  }
}
