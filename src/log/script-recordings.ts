import { digestOf } from '../base/digest.ts'
import type { StoredJson, TrialEvent } from '../contracts/events.ts'
import type { ScriptLog, ScriptRecording } from '../contracts/script.ts'
import { resolveContent } from './content.ts'

/** A script of a trial, with what its log has about it. */
export type LoggedRecording = { script: string } & (
  | { kind: 'recorded'; recording: ScriptRecording }
  | { kind: 'skipped'; reason: string }
)

type EventOf<Type extends TrialEvent['type']> = Extract<TrialEvent, { type: Type }>

interface ScriptEvents {
  start: EventOf<'script_start'>
  logs: ScriptLog[]
  end?: EventOf<'script_end'>
  stored?: EventOf<'script_recording'>['recording']
}

/** The recordings of a trial's scripts, in the order in which they started. */
export function scriptRecordings(events: readonly TrialEvent[]): LoggedRecording[] {
  const contentOf = resolveContent(events)
  return [...scriptsOf(events)].map(([script, parts]) => {
    try {
      return { script, ...rebuild(parts, hash => contentOf(hash)?.value) }
    } catch {
      return { script, kind: 'skipped', reason: 'its recording is damaged' }
    }
  })
}

function scriptsOf(events: readonly TrialEvent[]): Map<string, ScriptEvents> {
  const scripts = new Map<string, ScriptEvents>()
  for (const event of events) {
    if (event.type === 'script_start') scripts.set(event.script, { start: event, logs: [] })
    else if (event.type === 'script_log') scripts.get(event.script)?.logs.push(event.log)
    else if (event.type === 'script_end' || event.type === 'script_recording') {
      const parts = scripts.get(event.script)
      if (parts === undefined) continue
      if (event.type === 'script_end') parts.end = event
      else parts.stored = event.recording
    }
  }
  return scripts
}

type Rebuilt = { kind: 'recorded'; recording: ScriptRecording } | { kind: 'skipped'; reason: string }

function rebuild({ start, logs, end, stored }: ScriptEvents, contentOf: (hash: string) => unknown): Rebuilt {
  if (end === undefined) return { kind: 'skipped', reason: 'its log ends before the script does' }
  if (stored === undefined) return { kind: 'skipped', reason: 'its log was written before recordings were kept' }
  if (stored.kind === 'left-out') return { kind: 'skipped', reason: stored.reason }
  const textOf = (text: StoredJson) => ('json' in text ? text.json : (contentOf(text.hash) as string))
  const setting = contentOf(stored.setting) as Omit<ScriptRecording['request'], 'source' | 'seed'>
  const { failure } = end
  const recording: ScriptRecording = {
    version: 1,
    request: { source: contentOf(start.source) as string, ...setting, seed: stored.seed },
    calls: stored.calls ?? end.calls.map(({ tool, args }) => ({ tool, argsJson: JSON.stringify(args) })),
    deliveries: stored.deliveries.map(({ elapsedMs, calls, timers }) => ({
      elapsedMs,
      calls: calls.map(({ call, ok, ...text }) => ({ call, ok, json: textOf(text) })),
      timers,
    })),
    end: failure ? { ok: false, failure } : { ok: true, ...(stored.value && { json: textOf(stored.value) }) },
    logs,
  }
  if (digestOf(recording) === stored.digest) return { kind: 'recorded', recording }
  return { kind: 'skipped', reason: 'its log is incomplete: a secret was removed, or the log was changed' }
}
