// Covers: report/gate/baseline-evidence.ts, report/gate/baseline-file.ts

import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addToBaseline, baselineOf } from '../../../src/report/gate/baseline.ts'
import { evidenceProblem } from '../../../src/report/gate/baseline-evidence.ts'
import { readBaseline, writeBaseline } from '../../../src/report/gate/baseline-file.ts'
import { gateRun } from '../../../src/report/gate/gate-run.ts'
import { createFolder } from '../../helpers/run-cli.ts'
import { baselineFrom, gateRunOf, gateTrials, policyOf } from './gate-builders.ts'

test('the same trials have the same digest, in whatever order and folder', () => {
  const trials = gateTrials({ tasks: 5 })
  const one = baselineOf(gateRunOf(trials))
  const other = baselineOf({
    ...gateRunOf(trials.toReversed(), { createdAt: '2027-01-01T00:00:00.000Z' }),
    folder: 'x',
  })
  expect(other.digest).toBe(one.digest)
})

test('another outcome, or another state of a task, is another digest', () => {
  const trials = gateTrials({ tasks: 5 })
  const { digest } = baselineOf(gateRunOf(trials))
  const [first, ...rest] = trials as [(typeof trials)[number], ...typeof trials]
  expect(baselineOf(gateRunOf([{ ...first, outcome: 'unsolved' }, ...rest])).digest).not.toBe(digest)
  const run = gateRunOf(trials)
  run.manifest.tasks.t00 = { digest: 'changed' }
  expect(baselineOf(run).digest).not.toBe(digest)
})

test('players that are no models have no part, but for the oracle', () => {
  const kinds = ['api', 'simulated', 'oracle', 'nop', 'assisted', 'recorded'] as const
  const trials = kinds.flatMap(playerKind => gateTrials({ tasks: 1, facts: () => ({ playerKind, model: playerKind }) }))
  expect(baselineOf(gateRunOf(trials)).cells.map(({ kind }) => kind)).toEqual(['api', 'oracle', 'recorded'])
})

test('adding never takes anything away, is the same in any order, and does nothing twice', () => {
  const sizes = fc.array(fc.record({ tasks: fc.nat(3), repeats: fc.integer({ min: 1, max: 3 }), seed: fc.string() }), {
    minLength: 2,
    maxLength: 4,
  })
  fc.assert(
    fc.property(sizes, described => {
      const parts = described.map(each => baselineFrom(each))
      const [start, ...rest] = parts as [ReturnType<typeof baselineFrom>, ...ReturnType<typeof baselineFrom>[]]
      const grown = rest.reduce((sum, part) => addToBaseline(sum, part).baseline, start)
      const backwards = parts.toReversed().reduce((sum, part) => addToBaseline(sum, part).baseline)
      expect(backwards.digest).toBe(grown.digest)
      for (const part of parts)
        expect(addToBaseline(grown, part)).toMatchObject({ added: 0, baseline: { digest: grown.digest } })
    }),
    { numRuns: 30 },
  )
})

test('a run against a baseline that holds it never finds a regression', () => {
  const solved = fc.array(fc.boolean(), { minLength: 30, maxLength: 30 })
  fc.assert(
    fc.property(solved, solved, (mine, others) => {
      const trials = (outcomes: boolean[]) =>
        gateTrials({ tasks: 10, facts: (i, k) => ({ outcome: outcomes[3 * i + k] ? 'solved' : 'unsolved' }) })
      const run = gateRunOf(trials(mine))
      const own = baselineOf(run)
      expect(gateRun(run, own, policyOf()).status).not.toBe('regression')
      const joint = addToBaseline(own, baselineOf(gateRunOf(trials(others)))).baseline
      expect(gateRun(run, joint, policyOf()).checks).toEqual(
        gateRun(run, baselineOf(gateRunOf(trials(others))), policyOf()).checks.map(check =>
          expect.objectContaining({ metric: check.metric }),
        ),
      )
    }),
    { numRuns: 20 },
  )
})

test('a file keeps everything, and refuses what was changed by hand', async () => {
  const file = join(await createFolder(), 'baseline.json')
  const baseline = baselineFrom({ tasks: 3 })
  await writeBaseline(file, baseline)
  expect(await readBaseline(file)).toEqual({ ok: true, value: baseline })
  const text = await readFile(file, 'utf8')
  await writeFile(file, text.replace('"solved": 0', '"solved": 1'))
  expect(await readBaseline(file)).toMatchObject({ ok: false, error: { message: expect.stringContaining('by hand') } })
  await writeFile(file, text.replace('"baselineVersion": 1', '"baselineVersion": 9'))
  expect(await readBaseline(file)).toMatchObject({ ok: false, error: { kind: 'newer-version' } })
  await writeFile(file, '[]')
  expect(await readBaseline(file)).toMatchObject({ ok: false, error: { kind: 'corrupt' } })
  expect(await readBaseline(`${file}.none`)).toMatchObject({ ok: false, error: { kind: 'missing' } })
})

test('a baseline needs evidence', () => {
  const problemOf = (...args: Parameters<typeof gateRunOf>) => evidenceProblem(gateRunOf(...args), policyOf())
  expect(problemOf(gateTrials())).toBeUndefined()
  expect(problemOf(gateTrials({ repeats: 2 }))).toMatchObject({
    status: 'inconclusive',
    reason: expect.stringContaining('needs 3 scored trials of each task, model and arm; 80 of 80 have fewer'),
  })
  expect(problemOf(gateTrials(), { trialsPlanned: 999 })).toMatchObject({ status: 'inconclusive' })
  const holes = gateTrials({ repeats: 4, facts: (_, repeat) => (repeat === 3 ? { outcome: 'failed' } : {}) })
  expect(problemOf(holes)).toMatchObject({ status: 'infrastructure' })
  expect(problemOf(gateTrials({ facts: () => ({ playerKind: 'simulated' }) }))).toMatchObject({ status: 'nothing-ran' })
})
