import { xmlText } from './xml-text.ts'

/** How a test case ended. `details` becomes the element's text. */
export type JunitResult =
  | { kind: 'passed'; output?: string }
  | { kind: 'failure' | 'error'; type: string; message?: string; details?: string }
  | { kind: 'skipped'; message: string }

export interface JunitCase {
  className: string
  name: string
  result: JunitResult
}

export interface JunitSuite {
  name: string
  cases: readonly JunitCase[]
}

/** A JUnit XML report, as CI servers read it. Each suite's counts are taken from its cases. */
export function junitReport(name: string, suites: readonly JunitSuite[]): string {
  const body = suites.map(suiteXml).join('')
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${attributes({ name })}>\n${body}</testsuites>\n`
}

function suiteXml({ name, cases }: JunitSuite): string {
  const count = (kind: JunitResult['kind']) => cases.filter(({ result }) => result.kind === kind).length
  const head = attributes({
    name,
    tests: cases.length,
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
  })
  return `  <testsuite${head}>\n${cases.map(caseXml).join('')}  </testsuite>\n`
}

function caseXml({ className, name, result }: JunitCase): string {
  return `    ${element('testcase', { classname: className, name }, resultXml(result))}\n`
}

function resultXml(result: JunitResult): string {
  switch (result.kind) {
    case 'passed':
      return result.output === undefined ? '' : element('system-out', {}, xmlText(result.output))
    case 'skipped':
      return element('skipped', { message: result.message }, '')
    default:
      return element(result.kind, { type: result.type, message: result.message }, xmlText(result.details ?? ''))
  }
}

function element(tag: string, values: Record<string, string | undefined>, inner: string): string {
  const head = `<${tag}${attributes(values)}`
  return inner === '' ? `${head}/>` : `${head}>${inner}</${tag}>`
}

function attributes(values: Record<string, string | number | undefined>): string {
  return Object.entries(values)
    .map(([key, value]) => (value === undefined ? '' : ` ${key}="${xmlText(String(value))}"`))
    .join('')
}
