import { groupBy } from '../../base/lists.ts'
import { UNKNOWN } from '../../base/number-text.ts'
import { cell, end, start, type Table } from '../../base/table.ts'
import { compareMetric } from '../judging/compare-metrics.ts'
import { estimateText, pText } from '../judging/figure-text.ts'
import { QUANTITY } from '../judging/quantities.ts'
import type { GateCheck, GateResult, NotCompared, QuarantinedTask } from './gate-result.ts'

/** All checks in reading order. */
export function checksTable({ checks }: GateResult): Table {
  return {
    ...{ id: 'checks', title: 'Checks', notes: [] },
    columns: [
      start('Outcome'),
      start('Model'),
      start('Arm'),
      start('Metric'),
      end('Tasks'),
      end(QUANTITY.value),
      end(QUANTITY.adjustedP),
      end('Limit'),
    ],
    rows: checks.map(check => [
      cell(outcomeText(check), { hint: check.sentence }),
      cell(check.model),
      cell(check.arm),
      cell(compareMetric(check.metric)?.label ?? check.metric),
      cell(`${check.tasks}/${check.tasksExpected}`),
      cell(estimateText(check) ?? UNKNOWN),
      cell(check.adjustedP === undefined ? UNKNOWN : pText(check.adjustedP)),
      cell(limitText(check)),
    ]),
  }
}

function outcomeText({ direction, isProven, outcome }: GateCheck): string {
  if (outcome === 'inconclusive') return 'undecided'
  return outcome === 'pass' && direction === 'worse' && isProven ? 'pass, worse' : outcome
}

function limitText({ better, limit, scale }: GateCheck): string {
  const value =
    scale === 'ratio' ? `×${Number(limit.value.toFixed(3))}` : `${Number((limit.value * 100).toFixed(2))} pp`
  if (limit.kind === 'detectable') return `finds ${value}`
  return better === 'higher' ? `−${value}` : `below ${value}`
}

const QUARANTINE_WORDS: Record<QuarantinedTask['why'], string> = {
  flaky: 'solved sometimes in the baseline',
  'oracle-unstable': 'the oracle does not always solve it',
  policy: 'named in the policy',
}

const GATED_WORDS: Record<QuarantinedTask['gated'], string> = {
  no: 'no',
  'in-part': 'in part',
  yes: 'yes, too few trials to be sure',
}

/** Tasks that are not stable, and whether they are gated on all the same. */
export function quarantineTable({ quarantined }: GateResult): Table {
  return {
    id: 'quarantine',
    title: 'Flaky tasks and quarantine',
    notes: [],
    columns: [
      start('Task'),
      start('Model'),
      start('Arm'),
      start('Why'),
      start('Gated on'),
      end('Baseline'),
      end('Run'),
    ],
    rows: quarantined.map(({ task, model, arm, why, gated, baseline, run }) => [
      ...[task, model, arm, QUARANTINE_WORDS[why], GATED_WORDS[gated]].map(text => cell(text)),
      ...[baseline, run].map(({ solved, trials }) => cell(trials === 0 ? UNKNOWN : `${solved}/${trials}`)),
    ]),
  }
}

const NOT_COMPARED_WORDS: Record<NotCompared['why'], string> = {
  changed: 'its files changed since the baseline was saved',
  'few-baseline-trials': 'the baseline has too few trials of it',
  'few-run-trials': 'the run has too few trials of it',
  'not-in-run': 'the run does not have it',
  'not-in-baseline': 'the baseline does not have it',
}

const NAMES_SHOWN_MAX = 8

/** Tasks that cannot be compared, as one sentence for each reason, model and arm. */
export function notComparedLines({ notCompared }: GateResult): string[] {
  const groups = groupBy(notCompared, ({ model, arm, why }) => JSON.stringify([model, arm, why]))
  return [...groups.values()].map(group => {
    const { model, arm, why } = group[0] as NotCompared
    const names = group.slice(0, NAMES_SHOWN_MAX).map(({ task }) => task)
    const more = group.length > names.length ? ` and ${group.length - names.length} more` : ''
    return `Not compared (${model}, ${arm}): ${names.join(', ')}${more}: ${NOT_COMPARED_WORDS[why]}.`
  })
}
