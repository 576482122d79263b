import { plainLine } from '../../base/plain-text.ts'
import { figureText, intervalText, pText } from '../judging/figure-text.ts'
import type { JudgedCheck } from './gate-judge.ts'
import type { GateCheck } from './gate-result.ts'

interface SentenceInput {
  check: JudgedCheck
  /** On the footing of the metric. */
  facts: Pick<GateCheck, 'estimate' | 'interval' | 'needed' | 'limit' | 'minimumDetectableEffect' | 'tasksExpected'>
  familySize: number
}

/** What was seen and what follows, in one sentence. */
export function gateSentence(input: SentenceInput): string {
  return `${seenText(input)}: ${wordText(input)}.`
}

function seenText({ check, facts }: SentenceInput): string {
  const { group, metric, measured } = check
  const who = plainLine(`${group.model}, ${group.arm}`, 300)
  const { estimate, interval } = facts
  if (estimate === undefined) return `${who}: ${metric.noun} cannot be compared`
  const range = interval === undefined ? '' : ` ${intervalText(metric, interval, estimate)}`
  const on = `on ${counted(measured.tasks, 'task')}`
  if (metric.scale === 'ratio') {
    const beside = interval === undefined ? [] : [interval.lower, interval.upper]
    return `${who}: ${figureText(metric, estimate, beside).slice(1)} times the ${metric.noun} of the baseline${range} ${on}`
  }
  const points = Math.abs(estimate * 100).toFixed(1)
  const what = metric.key === 'solved' ? 'tasks solved' : 'clauses kept'
  if (Number(points) === 0) return `${who}: as many ${what} as in the baseline${range} ${on}`
  return `${who}: ${points} points ${estimate > 0 ? 'more' : 'fewer'} ${what} than in the baseline${range} ${on}`
}

function wordText(input: SentenceInput): string {
  const { check, facts, familySize } = input
  const { adjustedP, isBetterProven, isWorseProven, outcome } = check
  const p = adjustedP === undefined ? '' : ` (p ${pText(adjustedP)}, adjusted over ${counted(familySize, 'test')})`
  if (outcome === 'regression') return `a regression${p}; ${limitText(input)} is not excluded`
  if (outcome === 'inconclusive') return openText(input)
  if (check.gate.kind === 'detectable') {
    return `nothing worse was found, and ${limitText(input)} had a good chance to be found`
  }
  const excluded = `${limitText(input)} is excluded`
  if (isWorseProven) return `worse${p}, but ${excluded}`
  if (isBetterProven && !check.metric.needsSolvedGate) return `better${p}`
  return facts.interval === undefined ? `the same change in every task; ${excluded}` : excluded
}

function openText(input: SentenceInput): string {
  const { check, facts } = input
  const { measured, why } = check
  if (why === 'missing') return 'the run has no trial of it, but the baseline has'
  if (why === 'lost-trials') return 'undecided, since the word would change with how the lost trials had ended'
  if (why === 'few-tasks') {
    return `undecided: only ${measured.tasks} of ${facts.tasksExpected} tasks of the baseline could be compared`
  }
  if (why === 'too-little-data') return `undecided: ${lackText(check)}`
  const open =
    why === 'margin'
      ? `undecided: ${limitText(input)} is neither proven nor excluded`
      : `underpowered: ${limitText(input)} had too little chance to be found`
  return `${open}${detectableText(input)}${neededText(facts.needed)}`
}

function lackText({ measured }: JudgedCheck): string {
  const { clusters, tasks, unknown } = measured
  if (tasks === 0)
    return unknown > 0 ? `the figure is not known for ${counted(unknown, 'task')}` : 'no task is on both sides'
  if (tasks === 1) return 'one task has no spread to judge by'
  if (clusters < 2) return 'all tasks are of one cluster, whose spread cannot be known'
  return 'all tasks changed by the same, so nothing is known of their spread'
}

function detectableText({ check: { metric }, facts: { minimumDetectableEffect: effect } }: SentenceInput): string {
  if (effect === undefined) return ''
  const text = metric.scale === 'ratio' ? `×${effect.toFixed(2)}` : `${(effect * 100).toFixed(1)} points`
  return `; these trials could have found ${text}`
}

function neededText(needed: GateCheck['needed']): string {
  if (needed === undefined) return ''
  const { tasks, trials } = needed
  const these = trials === undefined ? '' : `, or about ${trials} trials of these on each side`
  return `; had nothing changed, about ${tasks} tasks like these would show it${these}`
}

function limitText({ check: { metric }, facts: { limit } }: SentenceInput): string {
  if (metric.scale === 'ratio') return `${Number(limit.value.toFixed(3))} times as much or more`
  const points = Number((limit.value * 100).toFixed(2))
  return `a loss of ${counted(points, 'point')} or more`
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
