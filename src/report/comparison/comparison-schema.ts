import { z } from 'zod'
import { STRATA } from '../../contracts/task.ts'
import { PLAYER_KINDS } from '../../contracts/traits/player-kinds.ts'
import { COMPARE_METRICS } from '../judging/compare-metrics.ts'
import { NO_VERDICT_REASONS, VERDICT_WORDS } from '../judging/verdicts.ts'

/** Raised whenever a reader of `compare.json` would have to change. */
export const COMPARISON_VERSION = 1

const count = z.int().nonnegative()
const share = z.number().min(0).max(1)
const interval = z.strictObject({ lower: z.number(), upper: z.number() })
const metric = z.enum(COMPARE_METRICS.map(({ key }) => key))
const scale = z.enum(['difference', 'ratio']).describe('Other − baseline (0.05 is 5 points), or other / baseline')
const amount = z.number().optional()

const run = z.strictObject({
  name: z.string(),
  folder: z.string(),
  suiteDigest: z.string(),
  createdAt: z.string(),
  trialsPlanned: count,
  trialsScored: count,
  imported: z
    .strictObject({ source: z.string(), unit: z.enum(['task', 'model']) })
    .optional()
    .describe('Measured elsewhere, not by scriptbench'),
})

const status = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('final') }),
  z.strictObject({ kind: z.literal('interim'), missing: count, planned: count }),
  z.strictObject({ kind: z.literal('exploratory'), reason: z.string() }),
])

const verdict = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('verdict'),
    word: z.enum(VERDICT_WORDS),
    sentence: z.string(),
  }),
  z
    .strictObject({ kind: z.literal('planted'), isRecovered: z.boolean(), sentence: z.string() })
    .describe('Of players that are not models'),
  z.strictObject({
    kind: z.literal('none'),
    why: z.enum(NO_VERDICT_REASONS),
    sentence: z.string(),
  }),
])

const contrast = z.strictObject({
  id: z.string().describe('Scope, contrast and metric'),
  contrast: z.string(),
  kind: z.enum(['composition', 'carrier', 'parallelism', 'level', 'main', 'simple', 'interaction', 'runs']),
  factor: z.string(),
  other: z.string(),
  baseline: z.string(),
  metric,
  scale,
  better: z.enum(['higher', 'lower']),
  tasks: count,
  clusters: count,
  pairs: count.describe('Tasks × models × combinations of the other levels that were compared'),
  leftOut: z.strictObject({ noTrial: count, unknown: count, zero: count }).describe('Tasks left out, and why'),
  estimate: amount.describe('Absent: too little data'),
  interval: interval.optional().describe('Unadjusted 95 %'),
  p: share.optional().describe('Unadjusted, two-sided'),
  adjustedP: share.optional().describe('Holm over the family; absent outside it'),
  companion: z
    .array(z.strictObject({ method: z.enum(['sign-flip', 'wild-bootstrap', 'mcnemar']), p: share }))
    .optional()
    .describe('Shown, never deciding'),
  minimumDetectableEffect: amount.describe('With power 0.8; of a ratio, the one below 1'),
  margin: amount,
  method: z.enum(['paired-t', 'mcnemar', 'linearised-ratio']).optional(),
  role: z.enum(['primary', 'confirmatory', 'exploratory']),
  verdict,
  bounds: z
    .strictObject({ lower: z.number(), upper: z.number(), changesVerdict: z.boolean() })
    .optional()
    .describe('The estimate, had all failed trials gone one way or the other'),
  censored: z.strictObject({ baseline: count, other: count }).optional().describe('Trials that a limit ended'),
  restrictedMeans: z.strictObject({ baseline: z.number(), other: z.number(), cap: z.number() }).optional(),
  perTask: z
    .array(z.strictObject({ task: z.string(), value: z.number() }))
    .optional()
    .describe('Other − baseline, or the logarithm of the ratio'),
})

const slope = z.strictObject({
  contrast: z.string(),
  metric,
  tasks: count,
  slope: amount.describe('Of the log-ratio on log2(calls per look)'),
  interval: interval.optional(),
  p: share.optional(),
  breakEven: amount.describe('Calls per look'),
  breakEvenInterval: interval.optional(),
  points: z.array(z.strictObject({ task: z.string(), callsPerLook: z.number(), ratio: z.number() })),
  sentence: z.string(),
})

const flip = z.strictObject({ task: z.string(), baseline: z.string(), other: z.string() })

const use = z.strictObject({
  arm: z.string(),
  inputTokens: amount,
  outputTokens: amount,
  reasoningTokens: amount,
  toolDefinitionTokens: amount,
  reinjectedTokens: amount,
  repairTokens: amount,
  repairTurns: amount,
  turns: amount,
  toolCalls: amount,
  parallelWidth: amount,
  bytesFromTools: amount,
  bytesIntoContext: amount,
})

const scope = z.strictObject({
  name: z.string(),
  kinds: z.array(z.enum(PLAYER_KINDS)),
  isEvidence: z.boolean().describe('Whether it supports better or worse at all'),
  unit: z.enum(['task', 'model']).describe('What takes the place of a task'),
  arms: z.array(
    z.strictObject({
      name: z.string(),
      levels: z.record(z.string(), z.string()),
      tasks: count,
      scored: count,
      lost: count.describe('Failed trials'),
      limited: count,
    }),
  ),
  contrasts: z.array(contrast),
  strata: z.array(z.strictObject({ stratum: z.enum(STRATA), contrasts: z.array(contrast) })),
  slopes: z.array(slope),
  flips: z.array(z.strictObject({ contrast: z.string(), gained: z.array(flip), lost: z.array(flip) })),
  uses: z.array(use).describe('Means per scored trial'),
  reliability: z.array(
    z.strictObject({
      arm: z.string(),
      attempts: count,
      passAtK: share.optional(),
      passHatK: share.optional(),
      always: count,
      sometimes: count,
      never: count,
    }),
  ),
  noiseFloor: z.array(
    z.strictObject({
      metric,
      scale,
      halfWidth: amount,
      estimate: amount,
      covers: z.boolean().optional(),
      source: z.enum(['repeats', 'arms']),
      tasks: count,
    }),
  ),
})

/** `compare.json`. */
export const comparisonSchema = z
  .strictObject({
    comparisonVersion: z.literal(COMPARISON_VERSION),
    runs: z.array(run),
    status,
    primary: z.strictObject({ contrast: z.string(), metric, margin: z.number(), isDeclared: z.boolean() }),
    family: z.strictObject({ alpha: z.number(), level: z.number(), size: count }),
    scopes: z.array(scope),
    notes: z.array(z.string()),
  })
  .meta({ title: 'scriptbench comparison', description: 'Differences between arms. An absent value is not known.' })

/** The text of `docs/compare.schema.json`. */
export function comparisonJsonSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(comparisonSchema), null, 2)}\n`
}
