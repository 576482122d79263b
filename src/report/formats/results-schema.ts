import { z } from 'zod'
import { STRATA } from '../../contracts/task.ts'
import { PLAYER_KINDS } from '../../contracts/traits/player-kinds.ts'
import type { Column } from '../../metrics/columns/column.ts'
import { COLUMNS } from '../../metrics/columns/columns.ts'
import { MEAN_METRICS, TOTAL_METRICS } from '../document/report.ts'
import { COMPARE_METRICS } from '../judging/compare-metrics.ts'

/** Raised whenever a reader of `results.json` would have to change. */
export const RESULTS_VERSION = 1

const count = z.int().nonnegative()
const share = z.number().min(0).max(1)
const mean = z.strictObject({ mean: z.number(), n: count.describe('Trials for which the value is known') })

const player = z.strictObject({
  model: z.string(),
  kind: z.enum(PLAYER_KINDS),
  isEvidence: z.boolean().describe('Whether trials of this player support claims about models'),
  trials: count,
})

const arm = z.strictObject({
  label: z.string(),
  levels: z.record(z.string(), z.string()),
  tasks: count,
  trials: count,
  scored: count.describe('Trials with a verdict: solved, unsolved or limited'),
  solved: count,
  limited: count,
  failed: count.describe('Trials without a verdict, through no fault of the model'),
  cancelled: count,
  solvedShare: share.optional().describe('solved / scored'),
  solvedBounds: z
    .strictObject({ low: share, high: share })
    .optional()
    .describe('The share had all failed trials been unsolved, or solved'),
  clausesKept: count.optional(),
  clausesTotal: count.optional(),
  means: z.partialRecord(z.enum(MEAN_METRICS), mean),
  totals: z.record(z.enum(TOTAL_METRICS), count),
  repairTokens: count.optional(),
  tokensEstimated: z.boolean(),
})

const difference = z.strictObject({
  factor: z.string(),
  level: z.string(),
  baseline: z.string(),
  metric: z.enum(COMPARE_METRICS.map(({ key }) => key)),
  scale: z.enum(['difference', 'ratio']).describe('Level − baseline (0.05 is 5 points), or level / baseline'),
  value: z.number(),
  tasks: count,
  pairs: count.describe('Tasks × models × combinations of the other levels that were compared'),
})

export type DifferenceRow = z.output<typeof difference>

const scope = z.strictObject({
  name: z.string(),
  kinds: z.array(z.enum(PLAYER_KINDS)),
  isEvidence: z.boolean(),
  arms: z.array(arm),
  strata: z.array(z.strictObject({ stratum: z.enum(STRATA), arms: z.array(arm) })),
  differences: z.array(difference).describe('The estimates of compare.json'),
  tasks: z.array(
    z.strictObject({
      task: z.string(),
      stratum: z.enum(STRATA),
      cells: z
        .array(z.strictObject({ solved: count, scored: count, limited: count, failed: count }))
        .describe("In the order of the scope's arms"),
    }),
  ),
})

const run = z.strictObject({
  name: z.string(),
  suiteDigest: z.string(),
  createdAt: z.string(),
  versions: z.looseObject({ scriptbench: z.string(), node: z.string(), protocol: z.number(), log: z.number() }),
  platform: z.looseObject({ os: z.string(), arch: z.string(), cpus: z.number() }),
  seed: z.number(),
  sandbox: z.looseObject({ requested: z.string(), mechanism: z.string(), policy: z.string() }),
})

const coverage = z.strictObject({
  planned: count,
  done: count,
  scored: count,
  failed: count,
  cancelled: count,
  unreadable: z.array(z.strictObject({ trial: z.string(), reason: z.string() })),
  tornLines: count,
})

const trial = z.strictObject({
  ...Object.fromEntries(COLUMNS.map(column => [column.key, fieldOf(column)])),
  custom: z.record(z.string(), z.string()).describe('Levels of factors that were loaded from modules'),
})

function fieldOf({ unit, meaning, emptyWhen }: Column): z.ZodType {
  const described = (unit === 'text' ? z.string() : unit === 'yes/no' ? z.boolean() : z.number()).describe(meaning)
  return emptyWhen === undefined ? described : described.optional()
}

/** `results.json`. */
export const resultsSchema = z
  .strictObject({
    resultsVersion: z.literal(RESULTS_VERSION),
    run,
    coverage,
    players: z.array(player),
    factors: z.array(z.strictObject({ name: z.string(), levels: z.array(z.string()), baseline: z.string() })),
    constants: z.array(z.strictObject({ factor: z.string(), level: z.string() })),
    scopes: z.array(scope),
    failures: z.array(z.strictObject({ cause: z.string(), trials: z.array(z.string()), example: z.string() })),
    tasksLeftOut: z.array(z.looseObject({ task: z.string(), reason: z.string() })),
    trials: z.array(trial),
  })
  .meta({ title: 'scriptbench results', description: 'What one run measured. An absent value is not known.' })

/** The text of `docs/results.schema.json`. */
export function resultsJsonSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(resultsSchema), null, 2)}\n`
}
