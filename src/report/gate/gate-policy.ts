import { z } from 'zod'

/** Metrics that can be gated. A ratio of totals, or a rate, has no figure of its own for each task. */
export const SHARE_METRICS = ['solved', 'clauses'] as const
export const AMOUNT_METRICS = ['turns', 'toolCalls', 'inputTokens', 'outputTokens', 'costUsd', 'workingMs'] as const
export type GateMetric = (typeof SHARE_METRICS)[number] | (typeof AMOUNT_METRICS)[number]

const share = z.number().min(0).max(1)
const points = z
  .union([
    z.number().gt(0).lt(1),
    z.string().regex(/^\d+(\.\d+)?(pp|%)$/, 'points such as 5pp, or a share such as 0.05'),
  ])
  .transform(value => (typeof value === 'number' ? value : Number.parseFloat(value) / 100))
  .refine(value => value > 0 && value < 1, 'between 0 and 100 points')
const ratio = z.number().gt(1).max(100)

const exactlyOne = (gate: Record<string, unknown>) =>
  Object.values(gate).filter(each => each !== undefined).length === 1

const shareGate = z
  .strictObject({
    margin: points.optional().describe('A loss of this many points or more must be excluded'),
    detectable: points.optional().describe('A loss of this many points must have had a good chance to be detected'),
  })
  .refine(exactlyOne, 'exactly one of margin and detectable')

const amountGate = z
  .strictObject({
    ratioMax: ratio.optional().describe('This many times the baseline, or more, must be excluded'),
    detectable: ratio.optional().describe('This many times the baseline must have had a good chance to be detected'),
  })
  .refine(exactlyOne, 'exactly one of ratioMax and detectable')

const shareGates = Object.fromEntries(SHARE_METRICS.map(metric => [metric, shareGate.optional()]))
const amountGates = Object.fromEntries(AMOUNT_METRICS.map(metric => [metric, amountGate.optional()]))

const metrics = z
  .strictObject({
    ...(shareGates as Record<(typeof SHARE_METRICS)[number], z.ZodOptional<typeof shareGate>>),
    ...(amountGates as Record<(typeof AMOUNT_METRICS)[number], z.ZodOptional<typeof amountGate>>),
  })
  .refine(gates => Object.values(gates).some(gate => gate !== undefined), 'at least one metric')
  .describe('What must not get worse, and by how much')

const trials = z
  .strictObject({
    baseline: z.int().min(1).max(1000).default(3).describe('Scored trials that a task needs in the baseline'),
    run: z.int().min(1).max(1000).default(1).describe('Scored trials that a task needs in the run'),
  })
  .describe('Of one task, model and arm; a task with fewer is not compared')

const quarantine = z
  .strictObject({
    flakyShareMax: share
      .max(0.5)
      .default(0.25)
      .describe('A task of which more baseline trials than this went against the rest is flaky'),
    trialsMin: z
      .int()
      .min(2)
      .max(1000)
      .default(5)
      .describe('A flaky task with fewer baseline trials is shown, but still gated on: so few trials could be luck'),
    tasks: z.array(z.string().min(1)).default([]).describe('Tasks that are never gated on'),
  })
  .describe('Tasks that are shown but not gated on')

/** `gate.yaml`. */
export const gatePolicySchema = z.strictObject({
  metrics: metrics.default({
    solved: { margin: 0.05 },
    turns: { ratioMax: 1.1 },
    inputTokens: { ratioMax: 1.1 },
  }),
  trials: trials.prefault({}),
  power: z.number().min(0.5).lt(1).default(0.8).describe('The good chance that `detectable` means'),
  lostShareMax: share.default(0.05).describe('Share of the planned trials that can fail'),
  tasksShareMin: share.default(0.9).describe("Share of the baseline's tasks that must be compared, in every check"),
  quarantine: quarantine.prefault({}),
  models: z.array(z.string().min(1)).min(1).optional().describe('Only these models; * matches any characters'),
  arms: z
    .array(z.record(z.string(), z.string()))
    .min(1)
    .optional()
    .describe('Only arms with these levels, such as - mode: script-tool'),
})

export type GatePolicy = z.output<typeof gatePolicySchema>

export const GATE_POLICY_DEFAULT: GatePolicy = gatePolicySchema.parse({})

/** What one metric is gated on, on the scale on which it is compared: a share, or a logarithm. */
export interface MetricGate {
  metric: GateMetric
  kind: 'margin' | 'detectable'
  limit: number
}

/** The gates in the order of the metrics. */
export function metricGates({ metrics: gates }: GatePolicy): MetricGate[] {
  const shares = SHARE_METRICS.flatMap((metric): MetricGate[] => {
    const { margin, detectable } = gates[metric] ?? {}
    if (margin !== undefined) return [{ metric, kind: 'margin', limit: margin }]
    return detectable === undefined ? [] : [{ metric, kind: 'detectable', limit: detectable }]
  })
  const amounts = AMOUNT_METRICS.flatMap((metric): MetricGate[] => {
    const { ratioMax, detectable } = gates[metric] ?? {}
    if (ratioMax !== undefined) return [{ metric, kind: 'margin', limit: Math.log(ratioMax) }]
    return detectable === undefined ? [] : [{ metric, kind: 'detectable', limit: Math.log(detectable) }]
  })
  return [...shares, ...amounts]
}
