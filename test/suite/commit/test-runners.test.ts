import { expect, test } from 'vitest'
import { runnersOf } from '../../../src/suite/commit/test-runners.ts'

const SCRIPTS = {
  test: 'npm run lint && npm run unit',
  lint: 'biome check',
  unit: 'vitest run',
  again: 'npm run again',
}

test.each([
  ['node --test', ['node --test']],
  ['node --import tsx --test test/*.ts', ['node --test']],
  ['node --test --test-reporter=dot', []],
  ['node test/jest.js', []],
  ['npx jest --ci && python3 -m pytest -q', ['vitest or jest', 'pytest']],
  ['./node_modules/.bin/mocha', ['mocha']],
  ['go test ./...', ['go test']],
  ['cargo +nightly test', ['cargo test']],
  ['npm test', ['vitest or jest']],
  ['npm t -- --run', ['vitest or jest']],
  ['yarn again', []],
  ['make test', []],
])('%s', (command, names) => {
  expect(runnersOf(command, SCRIPTS).map(({ name }) => name)).toEqual(names)
})

test.each([
  ['node --test', 'ℹ pass 12', 'ℹ fail 1'],
  ['node --test', '# pass 1', '# cancelled 2'],
  ['vitest', '      Tests  10 passed | 1 skipped (11)', '      Tests  1 failed | 10 passed (11)'],
  ['jest', 'Tests:       3 passed, 3 total', 'Tests:       1 failed, 2 passed, 3 total'],
  ['mocha', '  12 passing (30ms)', '  1 failing'],
  ['pytest', '====== 3 passed, 1 skipped in 0.12s ======', '=== 1 failed, 2 passed in 0.10s ==='],
  ['pytest', '3 passed in 0.12s', '2 passed, 1 error in 0.10s'],
  ['go test', 'ok  \texample.org/a\t0.01s', 'FAIL\texample.org/a\t0.01s'],
  ['cargo test', 'test result: ok. 4 passed; 0 failed', 'test result: FAILED. 1 passed; 1 failed'],
])('%s: %j is a pass, %j a failure', (command, pass, fail) => {
  const [runner] = runnersOf(command)
  const [passed, failed] = [runner?.passed, runner?.failed].map(
    pattern => new RegExp((pattern as string).replace('[[:space:]]', '\\s')),
  )
  expect([passed?.test(pass), failed?.test(pass), failed?.test(fail)]).toEqual([true, false, true])
})
