import type { PortTool } from '../port/port-protocol.ts'
import type { Side } from './case-pairs.ts'

/** Which of the two to keep, and why. */
export interface Advice {
  keep: Side | 'either' | 'neither'
  /** What the one that is kept should take over from the other: features, or whole tools. */
  copy: string[]
  /** The first step of the rule in which the two differ. */
  decidedBy: 'presence' | 'behaviour' | 'text' | 'speed' | 'size' | 'tools' | 'nothing'
  /** Every step up to that one, in words. */
  reasons: string[]
}

/** One step of the rule; without a reason there is nothing to report. */
export interface Step {
  decidedBy: Advice['decidedBy']
  reason?: string
  better?: Side
}

export const NAMES: Record<Side, string> = { a: 'A', b: 'B' }

/** `applyPatch 0.169.0`: a tool as one release has it. */
export function rowName({ tool, version }: { tool: PortTool; version: string }): string {
  return `${tool} ${version}`
}

export function otherOf(side: Side): Side {
  return side === 'a' ? 'b' : 'a'
}

/** The first step in which one is better decides. */
export function decide(steps: readonly Step[]): Omit<Advice, 'copy'> {
  const deciding = steps.findIndex(({ better }) => better !== undefined)
  const shown = deciding < 0 ? steps : steps.slice(0, deciding + 1)
  const { better, decidedBy } = steps[deciding] ?? { decidedBy: 'nothing' }
  return { keep: better ?? 'either', decidedBy, reasons: shown.flatMap(({ reason }) => reason ?? []) }
}

/** Who has more of `cases`. */
export function moreCases(what: 'behaviour' | 'text', { a, b, cases }: Record<Side | 'cases', number>): Step {
  if (a === b) return { decidedBy: what, reason: `${what}: both ${a} of ${cases} cases` }
  return { decidedBy: what, reason: `${what}: A ${a}, B ${b} of ${cases} cases`, better: a > b ? 'a' : 'b' }
}

/** `keep A; copy readFile from B`. */
export function adviceWords({ keep, copy }: Advice): string {
  if (keep === 'either' || keep === 'neither') return keep
  const kept = `keep ${NAMES[keep]}`
  return copy.length === 0 ? kept : `${kept}; copy ${copy.join(', ')} from ${NAMES[otherOf(keep)]}`
}
