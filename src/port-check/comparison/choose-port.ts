import type { PortTool } from '../port/port-protocol.ts'
import { type Advice, decide, moreCases, otherOf, rowName, type Step } from './advice.ts'
import type { Side } from './case-pairs.ts'
import type { ToolFacts } from './choose-tool.ts'

export interface ChosenTool extends ToolFacts {
  tool: PortTool
  /** The release, e.g. 0.169.0. */
  version: string
  advice: Advice
}

/** A tool is worth copying for what it does, not for being fast or small. */
const WORTH_COPYING: readonly Advice['decidedBy'][] = ['presence', 'behaviour', 'text']

/** Over all tools: the one that passes more is kept, and takes over the tools at which the other one is better. */
export function choosePort(tools: readonly ChosenTool[]): Advice {
  const sum = (side: Side, what: 'passed' | 'identical') => tools.reduce((all, tool) => all + tool[side][what], 0)
  const cases = tools.reduce((all, tool) => all + tool.cases, 0)
  const { keep, ...decision } = decide([
    moreCases('behaviour', { a: sum('a', 'passed'), b: sum('b', 'passed'), cases }),
    moreCases('text', { a: sum('a', 'identical'), b: sum('b', 'identical'), cases }),
    moreTools(tools),
  ])
  return { keep, copy: keep === 'either' || keep === 'neither' ? [] : tools.flatMap(toCopy(keep)), ...decision }
}

function moreTools(tools: readonly ChosenTool[]): Step {
  const wins = (side: Side) => tools.filter(({ advice }) => advice.keep === side).length
  const [a, b] = [wins('a'), wins('b')]
  if (a === b) return { decidedBy: 'tools' }
  return { decidedBy: 'tools', reason: `tools: A is better at ${a}, B at ${b}`, better: a > b ? 'a' : 'b' }
}

function toCopy(kept: Side): (one: ChosenTool) => string[] {
  return one => {
    const { advice } = one
    const name = rowName(one)
    if (advice.keep === kept) return advice.copy.length === 0 ? [] : [`${name} (${advice.copy.join(', ')})`]
    return advice.keep === otherOf(kept) && WORTH_COPYING.includes(advice.decidedBy) ? [name] : []
  }
}
