import { digestOf } from '../base/digest.ts'
import { formOf } from '../base/models/model-kind.ts'
import { type Arm, BUILT_IN_FACTORS, type Factor } from '../contracts/arm.ts'
import type { ModelEntry } from '../contracts/model.ts'
import type { Suite } from '../contracts/suite.ts'
import { PROTOCOL_VERSION } from '../contracts/trial.ts'

const ID_LENGTH = 16

export interface TrialIdentity {
  suite: Suite
  taskDigest: string
  model: ModelEntry
  arm: Arm
  repeat: number
  seed: string
}

/** The digest of what defines a trial. Prices, names, paths, order and everything else about the run are not part of it. */
export function trialId({ suite, taskDigest, model, arm, repeat, seed }: TrialIdentity): string {
  const { spec, parameters, playerKind, contentDigest } = model
  return digestOf({
    protocol: PROTOCOL_VERSION,
    task: taskDigest,
    model: {
      spec: contentDigest === undefined ? spec : spec.replace(/\/.*/, ''),
      parameters,
      playerKind,
      contentDigest,
    },
    arm: armIdentity(arm, suite.factors),
    repeat,
    limits: suite.limits,
    sandbox: { policy: suite.sandbox.policy, isConfined: suite.sandbox.mechanism !== 'none' },
    approval: suite.approval,
    preamble: suite.preamble,
    tools: suite.tools && [...suite.tools].sort(),
    seed: isSeeded(spec) ? seed : undefined,
  }).slice(0, ID_LENGTH)
}

/** Only simulated players draw from the trial's seed; it makes no difference to the others. */
function isSeeded(spec: string): boolean {
  return formOf(spec)?.isSeeded === true
}

/** Default levels are not part of it, so that a new factor does not change the ids of earlier trials. */
function armIdentity({ custom, ...levels }: Arm, factors: readonly Factor[]): unknown {
  const changed = Object.entries(levels).filter(
    ([name, level]) => BUILT_IN_FACTORS[name as keyof typeof BUILT_IN_FACTORS][0] !== level,
  )
  const own = Object.entries(custom).map(([name, level]) => {
    const digest = factors.find(factor => factor.name === name)?.digest
    return [name, { level, digest }]
  })
  return { levels: Object.fromEntries(changed), custom: Object.fromEntries(own) }
}
