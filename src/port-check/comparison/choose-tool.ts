import { type Advice, decide, moreCases, NAMES, otherOf, type Step } from './advice.ts'
import { SIDES, type Side } from './case-pairs.ts'
import { type Feature, hasFeature } from './features.ts'
import type { Speed } from './time-ports.ts'
import type { ToolClass, ToolResult } from './tool-result.ts'

/** What is known of two ports of one tool; each has its result under `a` or `b`. */
export interface ToolFacts extends Record<Side, ToolResult> {
  class: ToolClass
  /** Stable cases in scope. */
  cases: number
  features: readonly Feature[]
  /** Absent: no case is passed by both every time. */
  speed?: Speed
}

/** How much smaller a source has to be to count as smaller. */
const SMALLER_RATIO = 0.9

/** Behaviour first, then text, then speed, then size. */
export function chooseTool(facts: ToolFacts): Advice {
  const { a, b, cases } = facts
  if (a.status === 'missing' && b.status === 'missing') {
    return { keep: 'neither', copy: [], decidedBy: 'presence', reasons: ['presence: neither has it'] }
  }
  const steps = [
    presence(facts),
    moreCases('behaviour', { a: a.passed, b: b.passed, cases }),
    moreCases('text', { a: a.identical, b: b.identical, cases }),
    // There is nothing to weigh between a port and itself.
    ...(facts.class === 'same'
      ? [{ decidedBy: 'nothing' as const, reason: 'source: the same' }]
      : [speed(facts), size(facts)]),
  ]
  const { keep, ...decision } = decide(steps)
  return { keep, copy: keep === 'either' || keep === 'neither' ? [] : featuresToCopy(facts, keep), ...decision }
}

/** A stub does not count as a tool: it loses to anything that does something. */
function presence(facts: ToolFacts): Step {
  const decidedBy = 'presence'
  for (const better of SIDES) {
    const worse = otherOf(better)
    if (facts[worse].status === 'missing')
      return { decidedBy, reason: `presence: ${NAMES[worse]} does not have it`, better }
    if (facts[worse].status === 'stub' && facts[better].status !== 'stub') {
      return { decidedBy, reason: `presence: ${NAMES[worse]} has only a stub`, better }
    }
  }
  return { decidedBy }
}

function speed({ speed: given }: ToolFacts): Step {
  if (given === undefined) return { decidedBy: 'speed' }
  const { aMs, bMs, faster } = given
  const times = `A ${formatMs(aMs)}, B ${formatMs(bMs)} per case`
  if (faster === undefined) return { decidedBy: 'speed', reason: `speed: no clear difference (${times})` }
  return { decidedBy: 'speed', reason: `speed: ${NAMES[faster]} is faster (${times})`, better: faster }
}

function size({ a, b }: ToolFacts): Step {
  const decidedBy = 'size'
  if (a.source === undefined || b.source === undefined) return { decidedBy }
  const [left, right] = [a.source.lines, b.source.lines]
  const lines = `A ${left}, B ${right} lines of code`
  const better = left <= SMALLER_RATIO * right ? 'a' : right <= SMALLER_RATIO * left ? 'b' : undefined
  if (better === undefined) return { decidedBy, reason: `size: no clear difference (${lines})` }
  return { decidedBy, reason: `size: ${NAMES[better]} is smaller (${lines})`, better }
}

/** What the other one can and the one that is kept cannot. */
function featuresToCopy({ features }: ToolFacts, kept: Side): string[] {
  return features.filter(one => hasFeature(one, otherOf(kept)) && !hasFeature(one, kept)).map(({ name }) => name)
}

export function formatMs(durationMs: number): string {
  return `${durationMs < 10 ? durationMs.toFixed(2) : durationMs.toFixed(0)} ms`
}
