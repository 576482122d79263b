import { z } from 'zod'
import { MODEL_KINDS, modelForm } from '../base/models/model-kind.ts'
import { BUILT_IN_FACTORS } from '../contracts/arm.ts'
import { TRIAL_LIMITS_DEFAULT, type TrialLimits } from '../contracts/suite.ts'
import { PLAYER_KINDS } from '../contracts/traits/player-kinds.ts'
import { sourceSchema } from './source-schema.ts'

const count = z.int().positive()
const level = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'letters, digits, ".", "_" and "-"')
const usdPerMillion = z.number().nonnegative()

const prices = z
  .strictObject({
    inputPerMillion: usdPerMillion,
    cacheReadPerMillion: usdPerMillion.optional(),
    cacheWritePerMillion: usdPerMillion.optional(),
    outputPerMillion: usdPerMillion,
    source: z.string().min(1).describe('Where the price comes from'),
    date: z.iso.date('a date such as 2026-01-31').describe('When the price was looked up'),
  })
  .describe('USD per million tokens, instead of the built-in entry')

const modelSpec = z
  .string()
  .regex(/^\S+$/, 'a model spec without white space, such as "openai/gpt-5", "oracle" or "command/./player.py"')
  .describe(`Who plays: ${MODEL_KINDS.map(kind => modelForm(kind).syntax).join(', ')}`)

const modelEntry = z.strictObject({
  spec: modelSpec,
  temperature: z.number().nonnegative().optional(),
  reasoningEffort: z.string().min(1).optional(),
  maxOutputTokens: count.optional(),
  prices: prices.optional(),
  playerKind: z.enum(PLAYER_KINDS).optional().describe('For command/… only: who plays behind the command'),
})

const levels = z.array(level).min(1)
const customFactor = z.strictObject({
  module: z.string().min(1).describe('The file that exports `factor`, relative to the suite'),
  levels,
})

const builtInFactors = Object.fromEntries(
  Object.entries(BUILT_IN_FACTORS).map(([name, known]) => [name, z.array(z.enum(known)).min(1).optional()]),
)

const factors = z
  .object(builtInFactors)
  .catchall(customFactor)
  .describe('Factor → its levels in this suite; factors that are not named keep their default')

const limits = z
  .strictObject({
    turnsMax: count.default(TRIAL_LIMITS_DEFAULT.turnsMax),
    toolCallsMax: count.default(TRIAL_LIMITS_DEFAULT.toolCallsMax),
    wallTimeMs: count.default(TRIAL_LIMITS_DEFAULT.wallTimeMs),
    workingTimeMs: count.optional().describe('Wall time without queueing, rate-limit waits and retries'),
    tokensMax: count.optional().describe('Fresh, cached and output tokens of one trial together'),
    costUsdMax: z.number().positive().optional().describe('Of one trial'),
    observationTokensMax: count
      .default(TRIAL_LIMITS_DEFAULT.observationTokensMax)
      .describe('Of one turn’s observation'),
    runCostUsdMax: z
      .number()
      .positive()
      .optional()
      .describe('Of the whole run: when it is reached, no new trial starts'),
  } satisfies Record<keyof TrialLimits | 'runCostUsdMax', z.ZodType>)
  .describe('Limits of one trial; the unit is the last word of each name')

const approval = z.strictObject({
  policy: z.enum(['never', 'on-request', 'on-failure', 'untrusted']).default('never'),
  answer: z.enum(['allow', 'deny', 'ask']).default('deny'),
})

const sandbox = z.strictObject({
  mechanism: z.enum(['auto', 'bubblewrap', 'none']).default('auto'),
  policy: z.enum(['read-only', 'workspace-write', 'danger-full-access']).default('workspace-write'),
})

const analysis = z
  .strictObject({
    primary: z.string().min(1).describe('The metric that decides, such as "solved" or "turns"'),
    factor: z.string().min(1).describe('The factor whose levels are compared'),
    baseline: z.string().min(1).describe('The level that the others are compared with'),
    margin: z.number().positive().optional().describe('Differences below it count as equivalent'),
  })
  .describe('The contrast that is fixed before the run')

/** A suite file as its author writes it. */
export const suiteSchema = z.strictObject({
  $schema: z.string().optional().describe('For editors; not read'),
  name: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'letters, digits, ".", "_" and "-"')
    .optional()
    .describe('The file’s name by default'),
  tasks: z.array(z.string().min(1)).min(1).default(['*']).describe('Globs over task ids'),
  tasksDir: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Folder of task folders: searched for in the working directory, next to the suite file and in the package',
    ),
  sources: z.array(sourceSchema).min(1).optional().describe('Tasks made of published packages, instead of tasksDir'),
  models: z
    .array(z.union([modelSpec, modelEntry]))
    .min(1)
    .describe('Bare specs, or objects with parameters'),
  factors: factors.default({}),
  repeats: z.int().positive().max(1000).default(1).describe('Trials of each task × model × arm'),
  limits: limits.prefault({}),
  approval: approval.prefault({}),
  sandbox: sandbox.prefault({}),
  preamble: z.string().min(1).optional().describe('Your own preamble instead of the built-in one'),
  tools: z.array(z.string().min(1)).min(1).optional().describe('Names of the offered tools; all of them by default'),
  analysis: analysis.optional(),
  seed: z.int().nonnegative().default(1),
})

export type SuiteFile = z.output<typeof suiteSchema>
