import type { JsonValue } from '../../../src/contracts/json.ts'
import type { ScriptFailureClass, ScriptLimits } from '../../../src/contracts/script.ts'

export type HostileEnd = ScriptFailureClass | 'ok'

/** A script written to do harm, and every way in which it may end. */
export interface HostileScript {
  id: string
  /** Its number in docs/security.md. */
  threat: string
  source: string
  ends: readonly HostileEnd[]
  /** What it must return if it returns. */
  value?: JsonValue
  limits?: Partial<ScriptLimits>
}

type Row = readonly [
  name: string,
  source: string,
  ends: readonly HostileEnd[],
  more?: Pick<HostileScript, 'value' | 'limits'>,
]

/** Threats by sheer size: on a slow machine their scripts may run out of time before they come to their point. */
const SIZE_THREATS = new Set(['T4', 'T8', 'T9', 'T12', 'T13'])

/** The scripts of one threat; the id of each is the threat's number and its name. */
export function hostileScripts(threat: string, rows: readonly Row[]): HostileScript[] {
  const also: readonly HostileEnd[] = SIZE_THREATS.has(threat) ? ['cpu'] : []
  return rows.map(([name, source, ends, more]) => {
    return { id: `${threat}-${name}`, threat, source, ends: [...ends, ...also], ...more }
  })
}

const LIMITS: readonly HostileEnd[] = ['cpu', 'memory', 'stack']
/** The script may end by itself in any way, or hit a limit. */
export const SURVIVED: readonly HostileEnd[] = [
  ...['ok', 'thrown', 'parse', 'deadlock', 'output-too-large', 'tool-error', 'unknown-tool', 'too-many-calls'],
  ...LIMITS,
] as HostileEnd[]
export const STOPPED: readonly HostileEnd[] = LIMITS
