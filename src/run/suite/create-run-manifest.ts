import { availableParallelism } from 'node:os'
import { preamble } from '../../agent/preamble.ts'
import { protocolText } from '../../agent/protocol-text.ts'
import { defined } from '../../base/defined.ts'
import { digestOf, sha256 } from '../../base/digest.ts'
import { BUILT_IN_FACTORS, MODES } from '../../contracts/arm.ts'
import { LOG_VERSION } from '../../contracts/events.ts'
import type { Manifest, RunPlanned } from '../../contracts/manifest.ts'
import type { PlayerKind } from '../../contracts/model.ts'
import { PROTOCOL_VERSION } from '../../contracts/trial.ts'
import { suiteContent } from '../../suite/suite-content.ts'
import { createTools } from '../../tools/create-tools.ts'
import { definitionOf } from '../../tools/toolbox/tool-definition.ts'
import type { ChosenSandbox } from '../choose-sandbox.ts'
import { packageVersion } from '../package-version.ts'
import type { RunPlan } from './plan-run.ts'

export interface ManifestParts {
  plan: RunPlan
  sandbox: ChosenSandbox
  playerKinds: ReadonlyMap<string, PlayerKind>
  createdAt: string
  /** When this start of the run was, ISO 8601. */
  startedAt: string
  /** Trials that had ended before. */
  trialsDone: number
  /** Of this plan and those that the folder already has. */
  trialsPlanned: number
  /** What a resume adds to: its tasks and models stay, because their trials stay. */
  before?: Manifest
}

/** What this run is, in digests: enough to see later whether two runs measured the same thing. */
export function createRunManifest(parts: ManifestParts): Manifest {
  const { before, createdAt, plan, playerKinds, sandbox, trialsPlanned } = parts
  const { suite, tasks, leftOut } = plan
  const digests = [...tasks.values()].map(({ id, digest }): [string, { digest: string }] => [id, { digest }])
  return {
    manifestVersion: 1,
    suite: { name: suite.name, ...suiteContent(suite) },
    createdAt,
    versions: { scriptbench: packageVersion(), node: process.version, protocol: PROTOCOL_VERSION, log: LOG_VERSION },
    platform: { os: process.platform, arch: process.arch, cpus: availableParallelism() },
    seed: suite.seed,
    tasks: { ...before?.tasks, ...Object.fromEntries(digests) },
    tasksLeftOut: leftOut,
    models: { ...before?.models, ...modelsOf(plan, playerKinds) },
    prompts: promptDigests(suite.preamble),
    toolSchemas: digestOf(createTools().map(definitionOf)),
    sandbox,
    trialsPlanned,
    plans: plansOf(parts),
  }
}

/** A start that plans the same number of trials as the one before is not a new plan. */
function plansOf({ before, startedAt, trialsDone, trialsPlanned }: ManifestParts): RunPlanned[] {
  const first = before && [{ at: before.createdAt, trialsPlanned: before.trialsPlanned, trialsDone: 0 }]
  const earlier = before?.plans ?? first ?? []
  if (earlier.at(-1)?.trialsPlanned === trialsPlanned) return earlier
  return [...earlier, { at: startedAt, trialsPlanned, trialsDone }]
}

function modelsOf({ suite }: RunPlan, playerKinds: ReadonlyMap<string, PlayerKind>): Manifest['models'] {
  const models = suite.models.map(({ spec, prices }): [string, Manifest['models'][string]] => [
    spec,
    defined({ playerKind: playerKinds.get(spec) ?? ('assisted' as const), prices }),
  ])
  return Object.fromEntries(models)
}

function promptDigests(ownPreamble: string | undefined): Record<string, string> {
  const digests: Record<string, string> = {
    preamble: sha256(ownPreamble ?? preamble({ workingDirectory: '/workspace', isConfined: true })),
  }
  for (const mode of MODES) {
    for (const wording of BUILT_IN_FACTORS.protocolText) {
      digests[`${mode}/${wording}`] = sha256(protocolText({ mode, wording, patchCarrier: 'tool', declarations: '' }))
    }
  }
  return digests
}
