import { existsSync, readFileSync } from 'node:fs'

/** Prints `N passed, M failed`: the tests of Vitest's JSON report and the steps of `.ci/run` together. Exits with 1 if any failed. */
const [, , file = '', stepsPassed = '0', stepsFailed = '0'] = process.argv
const tests = existsSync(file)
  ? (JSON.parse(readFileSync(file, 'utf8')) as { numPassedTests: number; numFailedTests: number; success: boolean })
  : { numPassedTests: 0, numFailedTests: 1, success: false }
const brokenRun = tests.success || tests.numFailedTests > 0 ? 0 : 1
const failed = tests.numFailedTests + brokenRun + Number(stepsFailed)
console.log(`${tests.numPassedTests + Number(stepsPassed)} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0
