import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { NODE_VERSIONS, nodeProgram } from './node-versions.ts'

/** Runs the engine's tests under every Node version it promises to run on: `npm run test:nodes [-- --only 22]`. */
const ROOT = join(import.meta.dirname, '..')
const TESTS = ['test/script-engine', 'test/type-check'].filter(path => existsSync(join(ROOT, path)))
const SHOWN_FAILURES_MAX = 20

interface VitestReport {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  success: boolean
  testResults: {
    name: string
    message: string
    assertionResults: { status: string; fullName: string; failureMessages: string[] }[]
  }[]
}

const { values } = parseArgs({ options: { only: { type: 'string', multiple: true } } })
const folder = mkdtempSync(join(tmpdir(), 'scriptbench-nodes-'))
try {
  const rows = (values.only ?? NODE_VERSIONS).map(runTests)
  console.log('\nNode          passed  failed  skipped')
  for (const { version, passed, failed, skipped } of rows) {
    console.log(version.padEnd(12), ...[passed, failed, skipped].map(count => String(count).padStart(7)))
  }
  process.exitCode = rows.every(row => row.isGood) ? 0 : 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function runTests(version: string) {
  const program = nodeProgram(version)
  const found = spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout.trim()
  console.log(`== ${found}: ${TESTS.join(', ')}`)
  const file = join(folder, `${version}.json`)
  const vitest = [join(ROOT, 'node_modules', 'vitest', 'vitest.mjs'), 'run', ...TESTS]
  const { stdout, stderr } = spawnSync(program, [...vitest, '--reporter=json', `--outputFile.json=${file}`], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  if (!existsSync(file)) {
    console.log(`${stdout}\n${stderr}`.trim())
    return { version: found, passed: 0, failed: 1, skipped: 0, isGood: false }
  }
  const report = JSON.parse(readFileSync(file, 'utf8')) as VitestReport
  for (const line of failuresOf(report).slice(0, SHOWN_FAILURES_MAX)) console.log(line)
  const { numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped } = report
  return { version: found, passed, failed, skipped, isGood: report.success && passed > 0 }
}

function failuresOf({ testResults }: VitestReport): string[] {
  return testResults.flatMap(({ name, message, assertionResults }) => [
    ...(message === '' ? [] : [`${name}: ${message}`]),
    ...assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName, failureMessages }) => `FAILED ${fullName}\n  ${failureMessages[0]?.split('\n')[0] ?? ''}`),
  ])
}
