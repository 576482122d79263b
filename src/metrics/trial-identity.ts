import { canonicalJson } from '../base/digest.ts'
import type { TrialEvent } from '../contracts/events.ts'
import type { Outcome } from '../contracts/trial.ts'
import { type EventOf, eventsOf } from './events-of.ts'
import type { TrialMetrics } from './trial-metrics.ts'

type Identity = Pick<
  TrialMetrics,
  | 'trialId'
  | 'task'
  | 'cluster'
  | 'stratum'
  | 'callsMin'
  | 'looksMin'
  | 'model'
  | 'playerKind'
  | 'params'
  | 'mode'
  | 'reinjection'
  | 'repeat'
  | 'block'
  | 'position'
  | 'startedAt'
  | 'servedModel'
  | 'reinjectionCarrier'
  | 'tools'
  | 'leniency'
  | 'protocolText'
  | 'patchCarrier'
  | 'typeCheck'
  | 'custom'
  | 'toolDefinitionTokens'
  | 'sandboxMechanism'
>

/** What the trial was. */
export function trialIdentity(start: EventOf<'trial_start'>, events: readonly TrialEvent[]): Identity {
  const { trial, startedAt, toolDefinitionTokens } = start
  const { id, task, cluster, stratum, callsMin, looksMin, model, playerKind, repeat, block, position, arm } = trial
  return {
    trialId: id,
    task,
    cluster,
    stratum,
    callsMin,
    looksMin,
    model,
    playerKind,
    params: Object.keys(trial.parameters).length === 0 ? undefined : canonicalJson(trial.parameters),
    repeat,
    block,
    position,
    startedAt,
    servedModel: servedModels(events),
    ...arm,
    // Logs of earlier versions do not name it.
    typeCheck: arm.typeCheck ?? 'off',
    toolDefinitionTokens,
    sandboxMechanism: trial.sandbox.mechanism,
  }
}

/** The distinct models that the endpoint named, in order of appearance. */
function servedModels(events: readonly TrialEvent[]): string | undefined {
  const named = eventsOf(events, 'model_reply').flatMap(reply => reply.servedModel ?? [])
  return named.length === 0 ? undefined : [...new Set(named)].join(' ')
}

type Ending = Pick<TrialMetrics, 'outcome' | 'cause' | 'limitHit' | 'clausesKept' | 'clausesTotal'>

/** How the trial ended, and what the verifier said. */
export function trialEnding(outcome: Outcome, events: readonly TrialEvent[]): Ending {
  const hit = eventsOf(events, 'limit_hit').at(-1)?.limit
  return {
    outcome: outcome.kind,
    cause: causeOf(outcome),
    limitHit: hit ?? (outcome.kind === 'limited' ? outcome.limit : undefined),
    ...clauses(events),
  }
}

function causeOf(outcome: Outcome): string | undefined {
  if (outcome.kind === 'unsolved') return outcome.cause
  if (outcome.kind !== 'failed') return undefined
  const { cause } = outcome
  return cause.area === 'model' ? `model:${cause.class}` : cause.area
}

/** Counts all steps that were verified. A verifier without clauses leaves the trial's share unknown. */
function clauses(events: readonly TrialEvent[]): { clausesKept: number | undefined; clausesTotal: number | undefined } {
  const verified = eventsOf(events, 'verifier_end')
  const unknown = verified.length === 0 || verified.some(verdict => verdict.clauses === undefined)
  if (unknown) return { clausesKept: undefined, clausesTotal: undefined }
  const values = verified.flatMap(verdict => Object.values(verdict.clauses ?? {}))
  return { clausesKept: values.filter(value => value >= 1).length, clausesTotal: values.length }
}
