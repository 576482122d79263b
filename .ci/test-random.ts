import { spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { join } from 'node:path'

/**
 * Runs the tests with another seed for all property tests: `npm run test:random [-- test/statistics]`. The seed is random
 * and printed; `SEED=123 npm run test:random` repeats a run.
 */
const ROOT = join(import.meta.dirname, '..')
const SEED_MAX = 2 ** 31 - 1

const seed = process.env.SEED === undefined ? randomInt(SEED_MAX) : Number(process.env.SEED)
if (!Number.isSafeInteger(seed) || Math.abs(seed) > SEED_MAX) {
  console.error(`SEED: expected a whole number up to ${SEED_MAX}, got "${process.env.SEED}"`)
  process.exit(1)
}
const args = process.argv.slice(2)
console.log(`seed ${seed}`)
const { status } = spawnSync(process.execPath, [join(ROOT, 'node_modules', 'vitest', 'vitest.mjs'), 'run', ...args], {
  cwd: ROOT,
  stdio: 'inherit',
  env: { ...process.env, SCRIPTBENCH_TEST_SEED: `${seed}` },
})
const again = ['npm run test:random', ...(args.length > 0 ? ['--', ...args] : [])].join(' ')
console.log(status === 0 ? `passed with seed ${seed}` : `failed with seed ${seed}; repeat with: SEED=${seed} ${again}`)
process.exitCode = status ?? 1
