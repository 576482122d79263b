import { distinct } from '../../base/lists.ts'
import { isEvidence } from '../../base/models/player-kind.ts'
import type { ComparableRun } from '../comparison/comparable-run.ts'
import { comparisonStatus } from '../comparison/comparison-status.ts'
import { type Baseline, baselineOf } from './baseline.ts'
import { gateChecks } from './gate-checks.ts'
import { type GateGroups, gateGroups, isGated } from './gate-groups.ts'
import type { GatePolicy } from './gate-policy.ts'
import { GATE_EXIT, GATE_VERSION, type GateCheck, type GateResult, type GateStatus } from './gate-result.ts'

export interface Stop {
  status: GateStatus
  reason: string
}

/** Whether a run is as good as its baseline, by the policy. Rests on what was loaded alone. */
export function gateRun(run: ComparableRun, baseline: Baseline, policy: GatePolicy): GateResult {
  const own = baselineOf(run)
  const groups = gateGroups(baseline, own, policy)
  const checks = gateChecks(groups.groups, policy)
  const { status, reason } = runProblem(run, policy, own) ?? statusOf(checks, run)
  const { coverage } = run.report
  return {
    ...{ gateVersion: GATE_VERSION, status, exitCode: GATE_EXIT[status], reason },
    run: {
      ...{ name: run.manifest.suite.name, createdAt: run.manifest.createdAt },
      ...{ planned: coverage.planned, scored: coverage.scored, lost: lostOf(run) },
    },
    baseline: { digest: baseline.digest, trials: trialsOf(baseline) },
    ...{ policy, checks, quarantined: groups.quarantined, notCompared: groups.notCompared },
    notes: notesOf(groups, baseline, own),
  }
}

function lostOf({ report: { coverage } }: ComparableRun): number {
  return coverage.failed + coverage.unreadable.length
}

function trialsOf({ cells }: Baseline): number {
  return cells.reduce((total, { trials }) => total + trials.length, 0)
}

/** Why the run cannot say anything, whatever its figures are. */
export function runProblem(run: ComparableRun, policy: GatePolicy, own = baselineOf(run)): Stop | undefined {
  const { coverage, trials } = run.report
  const lost = lostOf(run)
  if (coverage.scored + lost === 0) return { status: 'nothing-ran', reason: 'No trial of the run was scored.' }
  const isModel = trials.some(trial => isEvidence(trial.playerKind))
  const kinds = distinct(trials.map(trial => trial.playerKind)).sort()
  if (trials.length > 0 && !isModel) {
    const reason = `None of the players is a model (${kinds.join(', ')}), so this run says nothing about models.`
    return { status: 'nothing-ran', reason }
  }
  const share = lost / Math.max(coverage.planned, coverage.scored + lost)
  if (coverage.scored === 0 || share > policy.lostShareMax) {
    const reason = `${lost} of ${coverage.planned} planned trials failed; the policy allows ${percent(policy.lostShareMax)}.`
    return { status: 'infrastructure', reason }
  }
  if (!own.cells.some(cell => isGated(cell, policy))) {
    const players = distinct(own.cells.map(({ model }) => model)).join(', ')
    const reason = `The policy's models and arms match nothing in the run (players: ${players || 'none'}).`
    return { status: 'nothing-ran', reason }
  }
  return undefined
}

function statusOf(checks: readonly GateCheck[], run: ComparableRun): Stop {
  const unfinished = unfinishedReason(run)
  if (unfinished !== undefined) return { status: 'inconclusive', reason: unfinished }
  if (checks.length === 0) {
    return { status: 'inconclusive', reason: 'The baseline has no model and arm of this run: nothing can be compared.' }
  }
  const count = (outcome: GateCheck['outcome']) => checks.filter(check => check.outcome === outcome).length
  const [worse, open] = [count('regression'), count('inconclusive')]
  const of = `${checks.length} ${checks.length === 1 ? 'check' : 'checks'}`
  if (worse > 0) return { status: 'regression', reason: `A regression is proven in ${worse} of ${of}.` }
  if (open > 0) return { status: 'inconclusive', reason: `${open} of ${of} could not decide; no regression is proven.` }
  return { status: 'pass', reason: `Not worse by more than the policy allows in all ${of}.` }
}

/** Trials that are still missing, or that were added after a look, allow no verdict. */
export function unfinishedReason(run: ComparableRun): string | undefined {
  const { coverage } = run.report
  const missing = coverage.planned - coverage.scored - lostOf(run)
  if (missing > 0) return `${missing} of ${coverage.planned} planned trials are missing: finish the run first.`
  const status = comparisonStatus([run])
  if (status.kind !== 'exploratory') return undefined
  return `${status.reason}: trials added after a look cannot decide. Gate a run that was planned at this size.`
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`
}

function notesOf({ isNew, sharedTrials }: GateGroups, baseline: Baseline, own: Baseline): string[] {
  return [
    ...(sharedTrials === 0
      ? []
      : [`${sharedTrials} of the baseline's trials are the run's own, and were left out of the baseline.`]),
    ...isNew.map(name => `Not in the baseline, so not compared: ${name}.`),
    ...differenceNotes(baseline, own),
  ]
}

/** Conditions of the run that no part of the baseline had, or that only some had. */
function differenceNotes({ sources }: Baseline, own: Baseline): string[] {
  const now = own.sources[0]?.conditions ?? {}
  const differing = Object.entries(now).filter(([name, value]) =>
    sources.some(({ conditions }) => conditions[name] !== undefined && conditions[name] !== value),
  )
  if (differing.length === 0) return []
  return [`The baseline and the run differ in: ${differing.map(([name]) => name).join(', ')}.`]
}
