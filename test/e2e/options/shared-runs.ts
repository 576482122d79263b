import { join } from 'node:path'
import { describeSyntheticRun, type PlantedEffect } from '../../../bench/synthetic/synthetic-run.ts'
import { writeSyntheticRun } from '../../../bench/synthetic/write-synthetic-run.ts'
import { inlineSuite, inlineTask } from '../../helpers/inline-task.ts'
import { writeRunFolder } from '../../helpers/run-folder.ts'
import { sampleRun } from '../../helpers/sample-run.ts'
import { once, printed, put, ROOT } from './option-case.ts'

const FACTORS = { mode: ['structured-serial', 'script-tool'] }
const PRICES = { inputPerMillion: 2, outputPerMillion: 8, source: 'x', date: '2026-01-01' }

put({
  ...inlineTask('one'),
  ...inlineTask('two'),
  'suite.yaml': inlineSuite({ models: ['oracle', 'nop'], factors: FACTORS }),
  'priced.yaml': inlineSuite({ models: [{ spec: 'openai/some', prices: PRICES }], factors: FACTORS, repeats: 2 }),
  'other/tasks/three/task.toml': inlineTask('three')['tasks/three/task.toml'] as string,
})

/** A run that took place: oracle solved one task with scripts. */
export const realRun = once(async () => {
  await printed([
    'run',
    'suite.yaml',
    '--models',
    'oracle',
    '--modes',
    'script-tool',
    '--tasks',
    'one',
    '--out',
    'real',
  ])
  return 'real'
})

/** A run as models might leave it: two models, two modes, six tasks in as many strata. */
export const sampledRun = once(async () => {
  const models = [
    { model: 'openai/a', playerKind: 'api' as const },
    { model: 'oracle', playerKind: 'oracle' as const },
  ]
  writeRunFolder(join(ROOT, 'sample'), sampleRun({ models, repeats: 2 }))
  return 'sample'
})

interface Synthetic {
  tasks?: number
  effects?: PlantedEffect[]
  factors?: Record<string, string[]>
}

function synthetic(name: string, { tasks = 30, effects = [], factors = { mode: ['script-tool'] } }: Synthetic = {}) {
  return once(async () => {
    const size = { tasks, repeats: 3, tasksSeed: 'gate' }
    const run = { name, seed: name, ...size, effects }
    const varied = Object.entries(factors).map(([factor, levels]) => ({ name: factor, levels }))
    await writeSyntheticRun(join(ROOT, name), describeSyntheticRun({ ...run, factors: varied }))
    return name
  })
}

export const mainRun = synthetic('main')
export const sameRun = synthetic('same')
export const worseRun = synthetic('worse', { effects: [{ when: {}, solvedPoints: -40 }] })
/** Two factors, one of them with three levels. */
export const factorsRun = synthetic('factors', {
  tasks: 8,
  factors: { mode: ['structured-parallel', 'structured-serial', 'script-tool'], reinjection: ['off', 'tail'] },
})

put({ 'gate.yaml': 'metrics:\n  solved: { margin: 25pp }\nquarantine: { flakyShareMax: 0.5 }\n' })

export const baseline = once(async () => {
  await printed(['gate', await mainRun(), '--save-baseline', 'baseline.json'])
  return 'baseline.json'
})
