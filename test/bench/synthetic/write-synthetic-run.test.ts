import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describeSyntheticRun, type SyntheticRun } from '../../../bench/synthetic/synthetic-run.ts'
import { drawTasks } from '../../../bench/synthetic/synthetic-tasks.ts'
import { syntheticTrials } from '../../../bench/synthetic/synthetic-trials.ts'
import { writeSyntheticRun } from '../../../bench/synthetic/write-synthetic-run.ts'
import { readTrialLog } from '../../../src/log/read-trial-log.ts'
import { runFiles } from '../../../src/log/run-files.ts'
import { measureTrial } from '../../../src/metrics/measure-trial.ts'
import type { TrialMetrics } from '../../../src/metrics/trial-metrics.ts'
import { loadComparableRun } from '../../../src/report/comparison/comparable-run.ts'
import { loadRun } from '../../../src/report/document/load-run.ts'
import { createFolder } from '../../helpers/run-cli.ts'
import { comparableSyntheticRun } from '../../synthetic/synthetic-comparable.ts'

const RUN = describeSyntheticRun({
  ...{ name: 'synthetic-all-parts', tasks: 12, clusters: 4, repeats: 1 },
  models: [
    { spec: 'synthetic/strong', playerKind: 'recorded', strength: 1 },
    { spec: 'simulated/weak', playerKind: 'simulated', strength: -1 },
  ],
  factors: [
    { name: 'mode', levels: ['structured-serial', 'structured-parallel', 'script-tool', 'script-text'] },
    { name: 'reinjection', levels: ['off', 'turn-top'] },
  ],
  effects: [{ when: { mode: 'script-tool', model: 'synthetic/strong' }, solvedPoints: 10, lostShare: 0.2 }],
  spread: { limitedShare: 0.3, retryShare: 0.1, protocolErrorShare: 0.1 },
})

function filesIn(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(path =>
    /\.jsonl?$|\.json$/.test(path),
  )
  return Object.fromEntries(paths.sort().map(path => [path, readFileSync(join(folder, path), 'utf8')]))
}

function plantedOf(run: SyntheticRun) {
  return [...syntheticTrials(run, drawTasks(run))]
}

test('the same description gives the same bytes, another seed other trials of the same tasks', async () => {
  const [first, second, third] = [await createFolder(), await createFolder(), await createFolder()]
  const run = { ...RUN, tasks: 3 }
  const { trials } = await writeSyntheticRun(first, run)
  await writeSyntheticRun(second, run)
  await writeSyntheticRun(third, { ...run, seed: 'other' })
  expect(trials).toBe(3 * 2 * 8)
  const bytes = filesIn(first)
  expect(filesIn(second)).toEqual(bytes)
  const others = filesIn(third)
  expect(Object.keys(others)).toEqual(Object.keys(bytes).filter(path => path in others))
  expect(others['journal.jsonl']).not.toBe(bytes['journal.jsonl'])
})

describe('logs read from disk', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'scriptbench-test-'))
    await writeSyntheticRun(folder, RUN)
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))
  const planted = plantedOf(RUN)

  test('measure exactly what was drawn', async () => {
    for (const { trial, facts } of planted) {
      const measured = await measuredOf(folder, trial.id)
      const sum = (pick: (turn: (typeof facts.turns)[number]) => number) =>
        facts.turns.reduce((total, turn) => total + pick(turn), 0)
      const answered =
        facts.ending === 'lost' && facts.turns.at(-1)?.kind !== 'closing' ? facts.turns.slice(0, -1) : facts.turns
      const calls = answered.reduce((total, { calls }) => total + calls, 0)
      const outcome = facts.ending === 'lost' ? 'failed' : facts.ending
      expect(measured).toMatchObject({ task: trial.task, turns: facts.turns.length, toolCalls: calls, outcome })
      if (outcome === 'failed') continue
      expect(measured.inputTokens).toBe(
        sum(({ usage }) => usage.inputFreshTokens + usage.cacheReadTokens + usage.cacheWriteTokens),
      )
      expect(measured.outputTokens).toBe(sum(({ usage }) => usage.outputTokens))
      expect(measured.errorsProvider).toBe(facts.turns.filter(({ isRetried }) => isRetried).length)
      expect(measured.clausesKept).toBe(facts.clauses.filter(isKept => isKept).length)
      expect(measured.scriptFailures).toBe(facts.turns.filter(({ failure }) => failure !== undefined).length)
      expect(measured.costUsd).toBeGreaterThan(0)
    }
  })

  test('contain everything that a document can show', async () => {
    const loaded = await loadRun(folder)
    if (!loaded.ok) throw new Error(loaded.error.message)
    const { coverage, trials, players } = loaded.value.report
    expect(coverage).toMatchObject({ planned: planted.length, done: planted.length, unreadable: [], tornLines: 0 })
    expect(players.map(({ model, isEvidence }) => [model, isEvidence])).toEqual([
      ['simulated/weak', false],
      ['synthetic/strong', true],
    ])
    expect(new Set(trials.map(({ outcome }) => outcome))).toEqual(new Set(['solved', 'unsolved', 'limited', 'failed']))
    expect(new Set(trials.map(({ cluster }) => cluster)).size).toBe(4)
    const most = (key: keyof TrialMetrics) => Math.max(...trials.map(trial => Number(trial[key] ?? 0)))
    for (const key of [
      'scriptFailures',
      'errorsProtocol',
      'errorsTool',
      'repairTurns',
      'reinjectedCopies',
      'backoffMs',
    ] as const)
      expect(most(key), key).toBeGreaterThan(0)
    const widthOf = (mode: string) =>
      Math.max(...trials.filter(each => each.mode === mode).map(each => each.maxInFlight ?? 0))
    expect(widthOf('structured-serial')).toBe(1)
    expect(widthOf('structured-parallel')).toBeGreaterThan(1)
    expect(Math.min(...trials.map(({ harnessMs }) => harnessMs))).toBeGreaterThanOrEqual(0)
  })

  test('are what a comparison in memory gets', async () => {
    const loaded = await loadComparableRun(folder)
    if (!loaded.ok) throw new Error(loaded.error.message)
    const byId = (trials: readonly TrialMetrics[]) =>
      [...trials].sort((left, right) => (left.trialId < right.trialId ? -1 : 1))
    const { manifest, report } = comparableSyntheticRun(RUN)
    expect(byId(loaded.value.report.trials)).toEqual(byId(report.trials))
    expect(loaded.value.report.coverage).toEqual(report.coverage)
    expect(loaded.value.manifest).toEqual(manifest)
  })
})

test('a stop leaves whole trials behind', async () => {
  const folder = await createFolder()
  const controller = new AbortController()
  controller.abort()
  await expect(writeSyntheticRun(folder, { ...RUN, tasks: 20 }, controller.signal)).rejects.toThrow(/abort/i)
  const loaded = await loadRun(folder)
  expect(loaded.ok && loaded.value.report.coverage.unreadable).toEqual([])
})

async function measuredOf(folder: string, id: string): Promise<TrialMetrics> {
  const log = await readTrialLog(runFiles(folder).trialLog(id))
  if (!log.ok) throw new Error(log.error.message)
  return measureTrial(log.value.events) as TrialMetrics
}
