import type { Random } from '../../src/base/random.ts'
import { MODE_TRAITS } from '../../src/contracts/arm.ts'
import type { TrialDescriptor } from '../../src/contracts/events.ts'
import type { Outcome } from '../../src/contracts/trial.ts'
import { drawExponential } from '../simulation/draws.ts'
import type { TrialFacts, TurnFacts } from './draw-trial.ts'
import type { EventRecorder } from './event-lines.ts'
import { drawCalls, ledgerOf } from './synthetic-calls.ts'
import {
  lanesOf,
  observationMessage,
  promptMessage,
  replyMessage,
  scriptFailureOf,
  scriptSource,
} from './synthetic-messages.ts'

const REINJECTED_TOKENS = 40
const OBSERVATION_BYTES_MAX = 40_000
const TOOL_DEFINITION_TOKENS = { structured: 1_403, script: 1_650 }
const SCRIPT_TIMINGS = { stripMs: 0.6, startMs: 1.9, guestCpuMs: 1.2, bridgeMs: 0.8, freezeMs: 0.2, teardownMs: 0.3 }
const CLAUSES = ['behaviour', 'format', 'scope', 'rest-untouched']

interface PlayInput {
  log: EventRecorder
  trial: TrialDescriptor
  facts: TrialFacts
  startedAt: string
  random: Random
}

interface Play extends PlayInput {
  messages: string[]
}

/** Records everything that happens in a trial, as the harness would have. */
export function playTrial(input: PlayInput): void {
  const { log, trial, facts, startedAt } = input
  const play: Play = { ...input, messages: [] }
  const isScript = MODE_TRAITS[trial.arm.mode].action === 'script'
  log.record({
    ...{ type: 'trial_start', trial, startedAt, nonce: trial.seed },
    toolDefinitionTokens: isScript ? TOOL_DEFINITION_TOKENS.script : TOOL_DEFINITION_TOKENS.structured,
  })
  let step = 0
  openStep(play, step)
  for (const [index, turn] of facts.turns.entries()) {
    playTurn(play, index + 1, turn)
    if (turn.kind !== 'closing') continue
    log.record({ type: 'step_end', step: stepName(facts, step) })
    step++
    if (step < facts.steps) openStep(play, step)
  }
  finish(play)
}

function stepName({ steps }: TrialFacts, step: number): string {
  return steps === 1 ? 'main' : `part-${step + 1}`
}

function openStep({ log, trial, facts, messages }: Play, step: number): void {
  const message = log.content(`prompt/${trial.task}/${step}`, 'message', () => promptMessage(trial.task, step))
  messages.push(message)
  log.record({ type: 'user_prompt', step: stepName(facts, step), index: step, message })
}

function playTurn(play: Play, turn: number, facts: TurnFacts): void {
  const { log, trial, messages } = play
  const { mode } = trial.arm
  const isLast = facts.kind === 'closing' || (play.facts.ending === 'lost' && turn === play.facts.turns.length)
  request(play, turn, facts)
  if (facts.isRetried) {
    const failure = { class: 'rate-limit', message: 'synthetic: 429', httpStatus: 429, retryAfterMs: 500 } as const
    log.record({ type: 'model_attempt', turn, attempt: { attempt: 1, durationMs: 90, failure, backoffMs: 500 } })
    log.advance(590)
  }
  log.advance(facts.latencyMs)
  if (isLast && facts.kind !== 'closing') {
    const failure = { class: 'overloaded', message: 'synthetic: the provider was down', httpStatus: 529 } as const
    log.record({ type: 'model_reply', turn, failure, latencyMs: facts.latencyMs })
    return
  }
  const { kind, calls, failure = '', latencyMs, usage } = facts
  const key = [mode, turn, kind, calls, failure].join('/')
  const message = log.content(`reply/${key}`, 'message', () => replyMessage(mode, turn, facts))
  messages.push(message)
  if (facts.isRetried) log.record({ type: 'model_attempt', turn, attempt: { attempt: 2, durationMs: latencyMs } })
  const known = { usage: { ...usage, estimated: false, raw: null }, servedModel: trial.model, latencyMs }
  log.record({ type: 'model_reply', turn, message, ...known, reasoningCarried: true })
  if (kind === 'closing') return
  act(play, turn, facts)
  const isReinjected = trial.arm.reinjection !== 'off'
  messages.push(
    log.content(`observation/${key}/${isReinjected}`, 'message', () =>
      observationMessage({ mode, turn, facts, isReinjected }),
    ),
  )
}

function request({ log, trial, messages }: Play, turn: number, { usage }: TurnFacts): void {
  const contextTokens = usage.inputFreshTokens + usage.cacheReadTokens + usage.cacheWriteTokens
  const isOff = trial.arm.reinjection === 'off'
  const copies = isOff || turn === 1 ? 0 : trial.arm.reinjection === 'turn-top-kept' ? turn - 1 : 1
  const value = (kind: string) => [`(synthetic ${kind} of ${trial.arm.mode})`]
  log.record({
    ...{ type: 'model_request', turn },
    system: log.content(`system/${trial.arm.mode}`, 'system', () => value('instructions').join('')),
    tools: log.content('tools', 'tools', () => []),
    messages: [...messages],
    bytes: 4 * contextTokens,
    ...{ contextTokens, reinjectedCopies: copies, reinjectedTokens: copies * REINJECTED_TOKENS },
    promptDistanceTokens: copies === 0 ? Math.round(contextTokens * 0.8) : 120,
  })
}

function act(play: Play, turn: number, facts: TurnFacts): void {
  const { log, random } = play
  if (facts.kind === 'protocol-error') {
    log.record({ type: 'protocol_error', turn, class: 'malformed-arguments', message: 'the arguments are not JSON' })
  } else if (MODE_TRAITS[play.trial.arm.mode].action === 'script') actByScript(play, turn, facts)
  else recordCalls(play, `t${turn}.`, facts)
  const bytes = Math.min(OBSERVATION_BYTES_MAX, Math.round(200 + 900 * drawExponential(random)))
  log.record({ type: 'observation', turn, tokens: Math.ceil(bytes / 4), bytes, tokensCut: 0 })
}

/** Records the calls as they end, and returns them as they were made. */
function recordCalls({ log, random, trial }: Play, prefix: string, facts: TurnFacts) {
  const startMs = log.nowMs()
  const hasFailure = facts.failure === 'tool-error'
  const calls = drawCalls({ calls: facts.calls, prefix, startMs, lanes: lanesOf(trial.arm.mode), hasFailure, random })
  for (const call of [...calls].sort((left, right) => left.endedAtMs - right.endedAtMs)) {
    log.advance(call.endedAtMs - log.nowMs())
    log.record({ type: 'tool_call', call })
  }
  return calls
}

function actByScript(play: Play, turn: number, facts: TurnFacts): void {
  const { log } = play
  const script = `t${turn}.s1`
  const source = log.content(`script/${facts.calls}/${facts.failure}`, 'script', () => scriptSource(facts))
  log.record({ type: 'script_start', turn, script, source })
  const startMs = log.nowMs()
  log.advance(SCRIPT_TIMINGS.stripMs + SCRIPT_TIMINGS.startMs)
  const calls = recordCalls(play, `${script}.`, facts)
  const toolWaitMs = log.nowMs() - startMs - SCRIPT_TIMINGS.stripMs - SCRIPT_TIMINGS.startMs
  const { guestCpuMs, bridgeMs, freezeMs, teardownMs } = SCRIPT_TIMINGS
  log.advance(guestCpuMs + bridgeMs + freezeMs + teardownMs)
  const failure = scriptFailureOf(facts)
  const busyMs = calls.reduce((sum, call) => sum + call.endedAtMs - call.startedAtMs, 0)
  log.record({
    ...{ type: 'script_end', turn, script },
    ...(failure && { failure }),
    calls: ledgerOf(calls, startMs),
    ...{ notices: [], logsDropped: 0, ...(failure === undefined && { valueBytes: 2 }) },
    timings: {
      ...{ ...SCRIPT_TIMINGS, toolWaitMs, approvalMs: 0, timerWaitMs: 0, wallMs: log.nowMs() - startMs },
      ...{ maxInFlight: Math.min(calls.length, lanesOf(play.trial.arm.mode)), utilisation: busyMs / toolWaitMs },
    },
    ...{ memoryPeakBytes: 16 * 1024 * 1024, cacheHit: false },
    ...(play.trial.arm.typeCheck !== 'off' && { typeCheck: { ms: 40, problems: [] } }),
  })
  log.record({
    type: 'script_recording',
    script,
    recording: { kind: 'left-out', reason: 'its run is synthetic: nothing ran' },
  })
}

function finish({ log, facts, random, trial }: Play): void {
  const outcome = outcomeOf(facts)
  if (outcome.kind === 'limited') log.record({ type: 'limit_hit', limit: outcome.limit })
  log.advance(2)
  const isWhole = outcome.kind === 'solved' || outcome.kind === 'unsolved'
  log.record({ type: 'agent_end', end: isWhole ? { kind: 'finished' } : outcome })
  if (facts.ending !== 'lost') {
    log.record({
      ...{ type: 'workspace_diff', diff: { added: [], modified: ['src/part-5.js'], deleted: [] } },
      unexpected: random() < 0.05 ? ['README.md'] : [],
    })
    log.advance(900)
    const clauses = Object.fromEntries(facts.clauses.map((isKept, index) => [CLAUSES[index] as string, isKept ? 1 : 0]))
    const step = stepName(facts, facts.steps - 1)
    const said = { tampered: [], durationMs: 900, outputTail: `synthetic verdict on ${trial.task}` }
    log.record({ type: 'verifier_end', step, clauses, ...said })
  }
  log.record({ type: 'trial_end', outcome, wallMs: log.nowMs() })
}

export function outcomeOf({ ending }: TrialFacts): Exclude<Outcome, { kind: 'cancelled' }> {
  if (ending === 'limited') return { kind: 'limited', limit: 'turns' }
  if (ending !== 'lost') return { kind: ending }
  const message = 'synthetic: the provider was down'
  return { kind: 'failed', cause: { area: 'model', class: 'overloaded', message } }
}
