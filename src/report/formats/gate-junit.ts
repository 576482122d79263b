import { plainLine } from '../../base/plain-text.ts'
import { xmlText } from '../../base/xml-text.ts'
import type { GateCheck, GateResult } from '../gate/gate-result.ts'

/**
 * The gate as JUnit XML: a case for the run itself and one for each metric of each arm and model. Proven regressions are
 * failures, what could not be decided is an error, since a gate that could not see must not look like one that passed.
 */
export function gateJunit(result: GateResult): string {
  const { checks, quarantined } = result
  const cases = [
    runCase(result),
    ...checks.map(checkCase),
    ...quarantined.filter(({ gated }) => gated !== 'yes').map(quarantinedCase),
  ]
  const count = (tag: string) => cases.filter(each => each.includes(`<${tag} `)).length
  const counts = `tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}"`
  const body = cases.map(each => `    ${each}\n`).join('')
  const name = xmlText(`scriptbench gate: ${plainLine(result.run.name)}`)
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="${name}">\n  <testsuite name="${name}" ${counts}>\n${body}  </testsuite>\n</testsuites>\n`
}

/** Fails by itself only where no check can tell why. */
function runCase({ checks, reason, status }: GateResult): string {
  const isToldByChecks = checks.some(({ outcome }) => outcome === status)
  const inner = status === 'pass' || isToldByChecks ? '' : `<error type="${status}" message="${attribute(reason)}"/>`
  return testCase('gate', 'run', inner)
}

function checkCase(check: GateCheck): string {
  const { arm, metric, model, outcome, sentence } = check
  const inner =
    outcome === 'regression'
      ? `<failure type="regression" message="${attribute(sentence)}"/>`
      : outcome === 'inconclusive'
        ? `<error type="inconclusive" message="${attribute(sentence)}"/>`
        : `<system-out>${attribute(sentence)}</system-out>`
  return testCase(`${model}.${arm}`, metric, inner)
}

function quarantinedCase({ arm, baseline, model, run, task, why }: GateResult['quarantined'][number]): string {
  const message = `in quarantine (${why}): ${baseline.solved}/${baseline.trials} in the baseline, ${run.solved}/${run.trials} in the run`
  return testCase(`${model}.${arm}`, `task ${task}`, `<skipped message="${attribute(message)}"/>`)
}

function testCase(classname: string, name: string, inner: string): string {
  const head = `<testcase classname="${attribute(classname)}" name="${attribute(name)}"`
  return inner === '' ? `${head}/>` : `${head}>${inner}</testcase>`
}

function attribute(text: string): string {
  return xmlText(plainLine(text, 2000))
}
