import type { TypeCheckFacts } from '../contracts/events.ts'
import type { ScriptFailure, ScriptOutcome, ScriptTimings, TypeCheck, TypeProblem } from '../contracts/script.ts'

/** How the scripts of an arm are checked before they run. */
export interface TypeCheckStep {
  /** Whether a script with problems still runs. */
  policy: 'warn' | 'block'
  check(source: string): Promise<TypeCheck>
}

export interface CheckedRun {
  outcome: ScriptOutcome
  /** Empty where nothing was checked. */
  problems: TypeProblem[]
  /** For the log; absent where no check was requested. */
  facts?: TypeCheckFacts
}

/** Runs a script after its type check, if there is one; with `block`, a script with problems does not start. */
export async function runChecked(
  step: TypeCheckStep | undefined,
  source: string,
  run: () => Promise<ScriptOutcome>,
): Promise<CheckedRun> {
  if (step === undefined) return { outcome: await run(), problems: [] }
  const checked = await step.check(source)
  if (checked.kind === 'unavailable')
    return { outcome: await run(), problems: [], facts: { unavailable: checked.message } }
  const { ms, problems } = checked
  const [first] = problems
  const isBlocked = step.policy === 'block' && first !== undefined
  return {
    outcome: isBlocked ? blocked(first) : await run(),
    problems,
    facts: { ms, problems: problems.map(({ frame: _, ...problem }) => problem) },
  }
}

function blocked({ line, column, frame, message }: TypeProblem): ScriptOutcome {
  const failure: ScriptFailure = { class: 'type', message, line, column, frame }
  return { ok: false, failure, logs: [], logsDropped: 0, calls: [], notices: [], timings: NOTHING_RAN, cacheHit: false }
}

const NOTHING_RAN: ScriptTimings = {
  stripMs: 0,
  startMs: 0,
  guestCpuMs: 0,
  bridgeMs: 0,
  freezeMs: 0,
  teardownMs: 0,
  toolWaitMs: 0,
  approvalMs: 0,
  wallMs: 0,
  maxInFlight: 0,
}
