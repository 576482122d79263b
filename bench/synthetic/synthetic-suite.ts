import { availableParallelism } from 'node:os'
import { sha256 } from '../../src/base/digest.ts'
import { LOG_VERSION } from '../../src/contracts/events.ts'
import type { Manifest } from '../../src/contracts/manifest.ts'
import type { Suite } from '../../src/contracts/suite.ts'
import { PROTOCOL_VERSION } from '../../src/contracts/trial.ts'
import { expandArms } from '../../src/matrix/arms.ts'
import { packageVersion } from '../../src/run/package-version.ts'
import { suiteContent } from '../../src/suite/suite-content.ts'
import { plantedFacts, type SyntheticRun } from './synthetic-run.ts'
import type { SyntheticTask } from './synthetic-tasks.ts'

const SEED = 1
const TRIAL_MS = 60_000

export function trialsPlannedOf({ tasks, models, factors, repeats }: SyntheticRun): number {
  return tasks * models.length * expandArms(factors).length * repeats
}

export function suiteOf(run: SyntheticRun): Suite {
  const { name, models, factors, repeats, limits, analysis, prices } = run
  return {
    ...{ name, file: '', tasks: ['synthetic-*'], tasksDir: '' },
    models: models.map(({ spec }) => ({ spec, parameters: {}, ...(prices && { prices }) })),
    factors: [...factors],
    ...{ repeats, limits, ...(analysis && { analysis }) },
    approval: { policy: 'never', answer: 'deny' },
    sandbox: { mechanism: 'none', policy: 'workspace-write' },
    seed: SEED,
  }
}

/** Says in the suite's content what was planted; the digest is that of the suite alone, as of any run of it. */
export function manifestOf(run: SyntheticRun, tasks: readonly SyntheticTask[]): Manifest {
  const { digest, content } = suiteContent(suiteOf(run))
  return {
    manifestVersion: 1,
    suite: { name: run.name, digest, content: { ...content, synthetic: plantedFacts(run) } },
    createdAt: run.createdAt,
    versions: { scriptbench: packageVersion(), node: process.version, protocol: PROTOCOL_VERSION, log: LOG_VERSION },
    platform: { os: process.platform, arch: process.arch, cpus: availableParallelism() },
    seed: SEED,
    tasks: Object.fromEntries(tasks.map(({ id, digest }) => [id, { digest }])),
    tasksLeftOut: [],
    models: Object.fromEntries(
      run.models.map(({ spec, playerKind }) => [spec, { playerKind, ...(run.prices && { prices: run.prices }) }]),
    ),
    prompts: { preamble: sha256('synthetic') },
    toolSchemas: sha256('synthetic'),
    sandbox: { requested: 'none', mechanism: 'none', policy: 'workspace-write', reason: 'synthetic: nothing ran' },
    trialsPlanned: trialsPlannedOf(run),
    plans: plansOf(run),
  }
}

function plansOf(run: SyntheticRun): NonNullable<Manifest['plans']> {
  const trialsPlanned = trialsPlannedOf(run)
  const { createdAt, repeatsBeforeLook } = run
  if (repeatsBeforeLook === undefined) return [{ at: createdAt, trialsPlanned, trialsDone: 0 }]
  const first = trialsPlannedOf({ ...run, repeats: repeatsBeforeLook })
  return [
    { at: createdAt, trialsPlanned: first, trialsDone: 0 },
    { at: startOf(run, first), trialsPlanned, trialsDone: first },
  ]
}

/** When a trial starts, by its place in the run: one after another. */
export function startOf({ createdAt }: SyntheticRun, place: number): string {
  return new Date(Date.parse(createdAt) + place * TRIAL_MS).toISOString()
}
