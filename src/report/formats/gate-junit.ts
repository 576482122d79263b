import { type JunitCase, type JunitResult, junitReport } from '../../base/junit.ts'
import { plainLine } from '../../base/plain-text.ts'
import type { CheckOutcome, GateCheck, GateResult, QuarantinedTask } from '../gate/gate-result.ts'

/**
 * The gate as JUnit XML: a case for the run itself and one for each metric of each arm and model. Proven regressions are
 * failures, what could not be decided is an error, since a gate that could not see must not look like one that passed.
 */
export function gateJunit(result: GateResult): string {
  const { checks, quarantined } = result
  const left = quarantined.filter(({ gated }) => gated !== 'yes')
  const name = `scriptbench gate: ${plainLine(result.run.name)}`
  const cases = [runCase(result), ...checks.map(checkCase), ...left.map(quarantinedCase)]
  return junitReport(name, [{ name, cases }])
}

/** Fails by itself only where no check says why. */
function runCase({ checks, reason, status }: GateResult): JunitCase {
  const isSaidByChecks = checks.some(({ outcome }) => outcome === status)
  const isFine = status === 'pass' || isSaidByChecks
  const result: JunitResult = isFine ? { kind: 'passed' } : { kind: 'error', type: status, message: lineOf(reason) }
  return { className: 'gate', name: 'run', result }
}

const RESULTS: Record<CheckOutcome, (message: string) => JunitResult> = {
  regression: message => ({ kind: 'failure', type: 'regression', message }),
  inconclusive: message => ({ kind: 'error', type: 'inconclusive', message }),
  pass: output => ({ kind: 'passed', output }),
}

function checkCase({ arm, metric, model, outcome, sentence }: GateCheck): JunitCase {
  return { className: lineOf(`${model}.${arm}`), name: metric, result: RESULTS[outcome](lineOf(sentence)) }
}

function quarantinedCase({ arm, baseline, model, run, task, why }: QuarantinedTask): JunitCase {
  const message = `in quarantine (${why}): ${baseline.solved}/${baseline.trials} in the baseline, ${run.solved}/${run.trials} in the run`
  return {
    className: lineOf(`${model}.${arm}`),
    name: lineOf(`task ${task}`),
    result: { kind: 'skipped', message: lineOf(message) },
  }
}

function lineOf(text: string): string {
  return plainLine(text, 2000)
}
