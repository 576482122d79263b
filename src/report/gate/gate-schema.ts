import { z } from 'zod'
import { AMOUNT_METRICS, SHARE_METRICS } from './gate-policy.ts'
import {
  CHECK_OUTCOMES,
  GATE_STATUSES,
  GATE_VERSION,
  type GateResult,
  NOT_COMPARED,
  OPEN_REASONS,
} from './gate-result.ts'

const count = z.int().nonnegative()
const probability = z.number().min(0).max(1)
const counts = z.strictObject({ solved: count, trials: count })
const who = { model: z.string(), arm: z.string() }

const check = z.strictObject({
  metric: z.enum([...SHARE_METRICS, ...AMOUNT_METRICS]),
  ...who,
  scale: z.enum(['difference', 'ratio']).describe('run − baseline (0.05 is 5 points), or run / baseline'),
  better: z.enum(['higher', 'lower']),
  outcome: z.enum(CHECK_OUTCOMES),
  why: z.enum(OPEN_REASONS).optional().describe('Why it could not decide'),
  direction: z.enum(['worse', 'better', 'same', 'unknown']),
  isProven: z.boolean().describe('Adjusted p below 0.05'),
  tasks: count,
  tasksExpected: count,
  estimate: z.number().optional(),
  interval: z.strictObject({ lower: z.number(), upper: z.number() }).optional().describe('Unadjusted 95 %'),
  p: probability.optional(),
  adjustedP: probability.optional().describe('Holm over all checks'),
  minimumDetectableEffect: z.number().optional(),
  limit: z.strictObject({ kind: z.enum(['margin', 'detectable']), value: z.number() }),
  needed: z.strictObject({ tasks: count, trials: count.optional() }).optional(),
  sentence: z.string(),
})

const points = z.number().gt(0).lt(1).optional()
const ratio = z.number().gt(1).optional()

const policy = z.strictObject({
  metrics: z.strictObject({
    ...Object.fromEntries(
      SHARE_METRICS.map(name => [name, z.strictObject({ margin: points, detectable: points }).optional()]),
    ),
    ...Object.fromEntries(
      AMOUNT_METRICS.map(name => [name, z.strictObject({ ratioMax: ratio, detectable: ratio }).optional()]),
    ),
  }),
  trials: z.strictObject({ baseline: count, run: count }),
  power: probability,
  lostShareMax: probability,
  tasksShareMin: probability,
  quarantine: z.strictObject({ flakyShareMax: probability, trialsMin: count, tasks: z.array(z.string()) }),
  models: z.array(z.string()).optional(),
  arms: z.array(z.record(z.string(), z.string())).optional(),
})

/** What `scriptbench gate --json` prints. */
export const gateSchema = z
  .strictObject({
    gateVersion: z.literal(GATE_VERSION),
    status: z.enum(GATE_STATUSES),
    exitCode: count,
    reason: z.string(),
    run: z.strictObject({ name: z.string(), createdAt: z.string(), planned: count, scored: count, lost: count }),
    baseline: z.strictObject({ digest: z.string(), trials: count }),
    policy,
    checks: z.array(check).describe('What got worse before anything that got better'),
    quarantined: z.array(
      z.strictObject({
        ...{ ...who, task: z.string(), why: z.enum(['flaky', 'oracle-unstable', 'policy']) },
        gated: z.enum(['no', 'in-part', 'yes']),
        ...{ baseline: counts, run: counts },
      }),
    ),
    notCompared: z.array(z.strictObject({ ...who, task: z.string(), why: z.enum(NOT_COMPARED) })),
    notes: z.array(z.string()),
  })
  .meta({ title: 'scriptbench gate', description: 'A run against its baseline. An absent value is not known.' })

/** The text of `docs/gate.schema.json`. */
export function gateJsonSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(gateSchema), null, 2)}\n`
}

export function gateJson(result: GateResult): string {
  return `${JSON.stringify(result, null, 2)}\n`
}
