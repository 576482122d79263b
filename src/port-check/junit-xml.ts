import type { CheckedCase } from './case-unit.ts'
import type { PortCheck } from './check-ports.ts'
import { countCases } from './port-report.ts'

/** The check as JUnit XML: a suite for each tool at each version. Unstable and unchecked cases are skipped ones. */
export function junitXml({ port, cases }: PortCheck): string {
  const suites = [...Map.groupBy(cases, ({ tool, version }) => `${tool} ${version ?? ''}`.trim())]
  const body = suites.map(([name, members]) => suiteXml(name, members)).join('')
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="${escaped(`ports check: ${port}`)}">\n${body}</testsuites>\n`
}

function suiteXml(name: string, members: readonly CheckedCase[]): string {
  const { text_only, behaviour, errors, unstable, cases } = countCases(members)
  const skipped = unstable + members.length - cases
  const counts = `tests="${members.length}" failures="${text_only + behaviour}" errors="${errors}" skipped="${skipped}"`
  return `  <testsuite name="${escaped(name)}" ${counts}>\n${members.map(caseXml).join('')}  </testsuite>\n`
}

function caseXml(one: CheckedCase): string {
  const head = `    <testcase classname="${escaped(`${one.tool}.${one.category}`)}" name="${escaped(one.id)}"`
  const inner = innerXml(one)
  return inner === '' ? `${head}/>\n` : `${head}>${inner}</testcase>\n`
}

function innerXml({ verdict }: CheckedCase): string {
  switch (verdict.kind) {
    case 'identical':
      return ''
    case 'deviation':
      return `<system-out>${escaped(`a listed deviation: ${verdict.id}`)}</system-out>`
    case 'unstable':
      return '<skipped message="upstream itself is not stable here"/>'
    case 'not-checked':
      return `<skipped message="${escaped(verdict.why)}"/>`
    case 'error':
      return `<error type="${verdict.fault}">${escaped(verdict.message)}</error>`
    default:
      return `<failure type="${verdict.kind}">${escaped(JSON.stringify(verdict.differences, null, 1))}</failure>`
  }
}

const ENTITIES: Record<string, string> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;', "'": '&apos;' }

/** What XML cannot hold at all becomes U+FFFD. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '\ufffd')
    .replace(/[<>&"']/g, character => ENTITIES[character] as string)
}
