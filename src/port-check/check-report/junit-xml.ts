import { type JunitResult, junitReport } from '../../base/junit.ts'
import type { PortCheck } from '../check/check-ports.ts'
import type { CheckedCase } from '../check/check-unit.ts'

/** The check as JUnit XML: a suite for each tool at each version. Unstable and unchecked cases are skipped. */
export function junitXml({ port, cases }: PortCheck): string {
  const groups = [...Map.groupBy(cases, ({ tool, version }) => `${tool} ${version ?? ''}`.trim())]
  const suites = groups.map(([name, members]) => ({
    name,
    cases: members.map(({ tool, category, id, verdict }) => ({
      className: `${tool}.${category}`,
      name: id,
      result: resultOf(verdict),
    })),
  }))
  return junitReport(`ports check: ${port}`, suites)
}

function resultOf(verdict: CheckedCase['verdict']): JunitResult {
  switch (verdict.kind) {
    case 'identical':
      return { kind: 'passed' }
    case 'deviation':
      return { kind: 'passed', output: `a listed deviation: ${verdict.id}` }
    case 'unstable':
      return { kind: 'skipped', message: 'upstream itself is not stable here' }
    case 'not-checked':
      return { kind: 'skipped', message: verdict.why }
    case 'error':
      return { kind: 'error', type: verdict.fault, details: verdict.message }
    default:
      return { kind: 'failure', type: verdict.kind, details: JSON.stringify(verdict.differences, null, 1) }
  }
}
