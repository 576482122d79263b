import { xmlText } from '../../base/xml-text.ts'
import type { PortCheck } from '../check/check-ports.ts'
import type { CheckedCase } from '../check/check-unit.ts'
import { countCases } from './port-report.ts'

/** The check as JUnit XML: a suite for each tool at each version. Unstable and unchecked cases are skipped ones. */
export function junitXml({ port, cases }: PortCheck): string {
  const suites = [...Map.groupBy(cases, ({ tool, version }) => `${tool} ${version ?? ''}`.trim())]
  const body = suites.map(([name, members]) => suiteXml(name, members)).join('')
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="${xmlText(`ports check: ${port}`)}">\n${body}</testsuites>\n`
}

function suiteXml(name: string, members: readonly CheckedCase[]): string {
  const { text_only, behaviour, errors, unstable, cases } = countCases(members)
  const skipped = unstable + members.length - cases
  const counts = `tests="${members.length}" failures="${text_only + behaviour}" errors="${errors}" skipped="${skipped}"`
  return `  <testsuite name="${xmlText(name)}" ${counts}>\n${members.map(caseXml).join('')}  </testsuite>\n`
}

function caseXml(one: CheckedCase): string {
  const head = `    <testcase classname="${xmlText(`${one.tool}.${one.category}`)}" name="${xmlText(one.id)}"`
  const inner = innerXml(one)
  return inner === '' ? `${head}/>\n` : `${head}>${inner}</testcase>\n`
}

function innerXml({ verdict }: CheckedCase): string {
  switch (verdict.kind) {
    case 'identical':
      return ''
    case 'deviation':
      return `<system-out>${xmlText(`a listed deviation: ${verdict.id}`)}</system-out>`
    case 'unstable':
      return '<skipped message="upstream itself is not stable here"/>'
    case 'not-checked':
      return `<skipped message="${xmlText(verdict.why)}"/>`
    case 'error':
      return `<error type="${verdict.fault}">${xmlText(verdict.message)}</error>`
    default:
      return `<failure type="${verdict.kind}">${xmlText(JSON.stringify(verdict.differences, null, 1))}</failure>`
  }
}
