/** A runner whose summary shows how many tests passed: extended regular expressions over single lines of its output. */
export interface TestRunner {
  name: 'node --test' | 'vitest or jest' | 'mocha' | 'pytest' | 'go test' | 'cargo test'
  passed: string
  failed: string
}

const STARTS = String.raw`(?:^|[\s;&|(]|\.bin/)`

const RUNNERS: readonly (TestRunner & { inCommand: RegExp })[] = [
  {
    name: 'node --test',
    inCommand: new RegExp(String.raw`${STARTS}node\s(?:[^;&|]*\s)?--test(?=\s|$)`),
    passed: '^(#|ℹ) pass [1-9]',
    failed: '^(#|ℹ) (fail|cancelled) [1-9]',
  },
  {
    name: 'vitest or jest',
    inCommand: new RegExp(String.raw`${STARTS}(?:vitest|jest)(?=\s|$)`),
    passed: '^ *Tests:? .*[1-9][0-9]* passed',
    failed: '^ *(Test Files|Test Suites:|Tests:?) .*[1-9][0-9]* failed',
  },
  {
    name: 'mocha',
    inCommand: new RegExp(String.raw`${STARTS}mocha(?=\s|$)`),
    passed: '^ +[1-9][0-9]* passing',
    failed: '^ +[1-9][0-9]* failing',
  },
  {
    name: 'pytest',
    inCommand: new RegExp(String.raw`${STARTS}(?:pytest|py\.test)(?=\s|$)`),
    passed: '^(=+ )?([0-9]+ [a-z]+, )*[1-9][0-9]* passed.* in [0-9]',
    failed: '^(=+ )?([0-9]+ [a-z]+, )*[1-9][0-9]* (failed|errors?)(,.*)? in [0-9]',
  },
  {
    name: 'go test',
    inCommand: new RegExp(String.raw`${STARTS}go\s+test(?=\s|$)`),
    passed: '^ok[[:space:]]',
    failed: '^(--- )?FAIL',
  },
  {
    name: 'cargo test',
    inCommand: new RegExp(String.raw`${STARTS}cargo\s+(?:\+\S+\s+)?test(?=\s|$)`),
    passed: '^test result: ok[.] [1-9][0-9]* passed',
    failed: '^test result: FAILED',
  },
]

/** A reporter whose output can lack the summary. */
const OTHER_REPORTER = /--(?:test-)?reporters?[=\s](?!(?:spec|tap|default|verbose)\b)/
const PACKAGE_SCRIPT = /\b(?:npm|pnpm|yarn)\s+(?:-\S+\s+)*(?:run(?:-script)?\s+)?(?:-\S+\s+)*([\w:.-]+)/g
const NESTING_MAX = 4

/** The runners that a test command starts, itself or by a script of the package.json; none when none is recognised. */
export function runnersOf(command: string, packageScripts: Readonly<Record<string, unknown>> = {}): TestRunner[] {
  const texts = [command]
  for (let depth = 0, last = texts; depth < NESTING_MAX && last.length > 0; depth += 1) {
    last = last.flatMap(text => scriptsIn(text, packageScripts))
    texts.push(...last)
  }
  if (texts.some(text => OTHER_REPORTER.test(text))) return []
  return RUNNERS.filter(({ inCommand }) => texts.some(text => inCommand.test(text)))
}

function scriptsIn(text: string, packageScripts: Readonly<Record<string, unknown>>): string[] {
  return [...text.matchAll(PACKAGE_SCRIPT)].flatMap(([, name = '']) => {
    const key = name === 't' ? 'test' : name
    const script = Object.hasOwn(packageScripts, key) ? packageScripts[key] : undefined
    return typeof script === 'string' ? [script] : []
  })
}
