import { defined } from '../../base/defined.ts'
import type { GateGroup } from './gate-groups.ts'
import { type JudgedCheck, judgeGroups } from './gate-judge.ts'
import { neededFor } from './gate-needed.ts'
import type { GatePolicy } from './gate-policy.ts'
import type { GateCheck } from './gate-result.ts'
import { gateSentence } from './gate-sentence.ts'

/** All checks in the order in which they are to be read: what got worse before anything that got better. */
export function gateChecks(groups: readonly GateGroup[], policy: GatePolicy): GateCheck[] {
  const judged = judgeGroups(groups, policy)
  const familySize = judged.filter(check => check.adjustedP !== undefined).length
  const checks = judged.map(check => checkOf(check, policy, familySize))
  return checks.toSorted((left, right) => rankOf(left) - rankOf(right))
}

const DIRECTIONS: GateCheck['direction'][] = ['worse', 'unknown', 'same', 'better']

function rankOf({ outcome, direction, isProven }: GateCheck): number {
  if (outcome === 'regression') return 0
  if (direction === 'worse' && isProven) return 1
  return (outcome === 'inconclusive' ? 10 : 20) + (direction === 'better' ? 100 : DIRECTIONS.indexOf(direction))
}

function checkOf(check: JudgedCheck, policy: GatePolicy, familySize: number): GateCheck {
  const { adjustedP, gate, group, measured, metric, minimumDetectableEffect, outcome, why } = check
  const onFooting = metric.scale === 'ratio' ? Math.exp : (value: number) => value
  const { estimate, interval, p, tasks } = measured
  const needed = neededFor(check, policy)
  const facts = {
    ...{ tasks, tasksExpected: group.tasksExpected },
    ...(estimate !== undefined && { estimate: onFooting(estimate) }),
    ...(interval && { interval: { lower: onFooting(interval.lower), upper: onFooting(interval.upper) } }),
    ...defined({ p, adjustedP }),
    ...(minimumDetectableEffect !== undefined && { minimumDetectableEffect: onFooting(minimumDetectableEffect) }),
    limit: { kind: gate.kind, value: onFooting(gate.limit) },
    ...(needed && { needed }),
  }
  return {
    ...{ metric: gate.metric, model: group.model, arm: group.arm, scale: metric.scale, better: metric.better },
    ...{ outcome, ...defined({ why }), direction: directionOf(check) },
    isProven: check.isWorseProven || check.isBetterProven,
    ...facts,
    sentence: gateSentence({ check, facts, familySize }),
  }
}

function directionOf({ measured: { estimate }, metric }: JudgedCheck): GateCheck['direction'] {
  if (estimate === undefined) return 'unknown'
  if (estimate === 0) return 'same'
  return estimate > 0 === (metric.better === 'higher') ? 'better' : 'worse'
}
