import { plainLine } from '../../base/plain-text.ts'
import { adjustedText, counted, detectableText, pointsOf } from '../judging/figure-text.ts'
import { boundedText, lackText, seenText } from '../judging/verdict-sentence.ts'
import type { JudgedCheck } from './gate-judge.ts'
import type { CheckOutcome, GateCheck, OpenReason } from './gate-result.ts'

interface SentenceInput {
  check: JudgedCheck
  /** On the footing of the metric. */
  facts: Pick<GateCheck, 'estimate' | 'interval' | 'needed' | 'limit' | 'minimumDetectableEffect' | 'tasksExpected'>
  familySize: number
}

/** What was seen and what follows, in one sentence. */
export function gateSentence(input: SentenceInput): string {
  const { group, metric, measured, outcome } = input.check
  const who = plainLine(`${group.model}, ${group.arm}`, 300)
  const sides = { other: 'the run', baseline: 'the baseline', kind: 'runs', tasks: measured.tasks } as const
  const seen = seenText({ result: { ...input.facts, ...sides }, metric, unit: 'task' })
  return `${who}: ${seen}: ${ENDINGS[outcome](input)}.`
}

const ENDINGS: Record<CheckOutcome, (input: SentenceInput) => string> = {
  regression: input => `a regression${provenText(input)}; ${limitText(input)} is not excluded`,
  inconclusive: input => OPEN[input.check.why ?? 'too-little-data'](input),
  pass: input => {
    const { check, facts } = input
    if (check.gate.kind === 'detectable') {
      return `no loss was detected, and ${limitText(input)} had a good chance to be detected`
    }
    const excluded = `${limitText(input)} is excluded`
    if (check.isWorseProven) return `worse${provenText(input)}, but ${excluded}`
    if (check.isBetterProven && !check.metric.needsSolvedGate) return `better${provenText(input)}`
    return facts.interval === undefined ? `the same change in every task; ${excluded}` : excluded
  },
}

function provenText({ check: { adjustedP }, familySize }: SentenceInput): string {
  return adjustedP === undefined ? '' : ` (${adjustedText(adjustedP, familySize)})`
}

const OPEN: Record<OpenReason, (input: SentenceInput) => string> = {
  missing: () => 'undecided: the run has no trial of this model and arm, but the baseline does',
  'lost-trials': () => `undecided, ${boundedText()}`,
  'few-tasks': ({ check, facts }) =>
    `undecided: only ${check.measured.tasks} of ${facts.tasksExpected} tasks of the baseline could be compared`,
  'too-little-data': ({ check }) => `undecided: ${lackText(check.measured, 'task')}`,
  margin: input => `undecided: ${limitText(input)} is neither proven nor excluded${sizeText(input)}`,
  underpowered: input => `underpowered: ${limitText(input)} had too little chance to be detected${sizeText(input)}`,
}

/** What these trials could have detected, and what it would take. */
function sizeText({ check: { gate }, facts }: SentenceInput): string {
  const effect = facts.minimumDetectableEffect
  const found =
    effect === undefined ? undefined : detectableText({ metric: gate.metric, minimumDetectableEffect: effect })
  const could = found === undefined ? '' : `; these trials could have detected ${found}`
  if (facts.needed === undefined) return could
  const { tasks, trials } = facts.needed
  const these = trials === undefined ? '' : `, or about ${trials} trials of these tasks on each side`
  return `${could}; if nothing changed, about ${counted(tasks, 'task')} like these would show it${these}`
}

function limitText({ check: { metric }, facts: { limit } }: SentenceInput): string {
  if (metric.scale === 'ratio') return `${Number(limit.value.toFixed(3))} times as much or more`
  return `a loss of ${pointsOf(limit.value)} or more`
}
