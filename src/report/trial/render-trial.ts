import { isEvidence } from '../../base/models/player-kind.ts'
import { plainLine } from '../../base/plain-text.ts'
import type { TrialEvent } from '../../contracts/events.ts'
import { resolveContent } from '../../log/content.ts'
import { eventLines } from './event-lines.ts'
import { createPaint } from './paint.ts'

/** One trial for a terminal: conversation, calls, scripts with their failures, verdict. */
export function renderTrial(events: readonly TrialEvent[], options: { isColoured?: boolean } = {}): string {
  const paint = createPaint(options.isColoured ?? false)
  const resolve = resolveContent(events)
  const context = { paint, contentOf: (hash: string) => resolve(hash)?.value }
  const lines = [...headLines(events), ...events.flatMap(event => eventLines(event, context))]
  const isEnded = events.some(event => event.type === 'trial_end')
  if (!isEnded) lines.push('', paint.bad('the log has no end: the trial was interrupted or is still running'))
  return `${lines.join('\n').trimStart()}\n`
}

function headLines(events: readonly TrialEvent[]): string[] {
  const start = events.find(event => event.type === 'trial_start')
  if (start === undefined) return []
  const { arm, id, model, playerKind, repeat, sandbox, stratum, task } = start.trial
  const levels = [arm.mode, arm.reinjection, ...Object.values(arm.custom)].join(' · ')
  const caution = isEvidence(playerKind) ? '' : ': no evidence about models'
  return [
    `trial    ${plainLine(id)}`,
    `task     ${plainLine(task)} (${stratum})`,
    `model    ${plainLine(model)} (${playerKind}${caution})`,
    `arm      ${plainLine(levels)}, #${repeat + 1}`,
    `sandbox  ${sandbox.mechanism} (${sandbox.policy})`,
    `started  ${plainLine(start.startedAt)}`,
  ]
}
