import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SEED_FIXED } from './seed.ts'

const TEST = join(import.meta.dirname, '..')
const isRandom = process.env.SCRIPTBENCH_TEST_SEED !== undefined

test.skipIf(isRandom)('property tests draw the same cases on every run', () => {
  expect(fc.readConfigureGlobal().seed).toBe(SEED_FIXED)
  expect(fc.sample(fc.nat(), 3)).toEqual(fc.sample(fc.nat(), { numRuns: 3, seed: SEED_FIXED }))
})

test('a failing property names the seed', () => {
  const { seed } = fc.readConfigureGlobal()
  const failing = fc.property(fc.nat(), () => false)
  expect(() => fc.assert(failing)).toThrow(`seed: ${seed}`)
})

test('no property has a seed of its own, which "npm run test:random" could not change', () => {
  const own = readdirSync(TEST, { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.ts') && path !== join('helpers', 'seed.test.ts'))
    .filter(path => {
      const source = readFileSync(join(TEST, path), 'utf8')
      return source.includes("'fast-check'") && /numRuns: [^}]*seed: \d|seed: \d[^}]*numRuns: /.test(source)
    })
  expect(own).toEqual([])
})
