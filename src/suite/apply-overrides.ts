import { explainIssues } from '../base/explain-issues.ts'
import type { Factor } from '../contracts/arm.ts'
import { UserError } from '../contracts/errors.ts'
import type { ModelEntry } from '../contracts/model.ts'
import type { Suite } from '../contracts/suite.ts'
import { isBuiltInFactor, levelProblem, unknownFactor } from './factors.ts'
import { suiteProblems } from './suite-problems.ts'
import { suiteSchema } from './suite-schema.ts'

/** What the command line can set in place of the suite's own values. */
export interface SuiteOverrides {
  /** A spec the suite names keeps its parameters and prices. */
  models?: string[]
  modes?: string[]
  reinjection?: string[]
  factors?: Record<string, string[]>
  tasks?: string[]
  repeats?: number
  sandbox?: string
  seed?: number
}

/**
 * The suite with the command line's values in place, validated like the file. Throws a `usage` naming the option.
 * An analysis whose baseline is no longer among the levels is dropped: its contrast is not in this run.
 */
export function applyOverrides(suite: Suite, overrides: SuiteOverrides): Suite {
  const { tasks, repeats, sandbox, seed } = overrides
  const shape = suiteSchema.shape
  const overridden: Suite = {
    ...suite,
    models: overrides.models ? pickModels(suite.models, overrides.models) : suite.models,
    factors: overrideFactors(suite.factors, levelsByFactor(overrides)),
    tasks: tasks === undefined ? suite.tasks : checked('--tasks', shape.tasks, tasks),
    repeats: repeats === undefined ? suite.repeats : checked('--repeats', shape.repeats, repeats),
    seed: seed === undefined ? suite.seed : checked('--seed', shape.seed, seed),
    sandbox: sandbox === undefined ? suite.sandbox : { ...suite.sandbox, mechanism: checkedMechanism(sandbox) },
  }
  const kept = keepsContrast(overridden) ? overridden : withoutAnalysis(overridden)
  const [problem] = suiteProblems(kept)
  if (problem) throw new UserError('usage', `--${String(problem.path[0])}: ${problem.message}`)
  return kept
}

function pickModels(entries: readonly ModelEntry[], specs: readonly string[]): ModelEntry[] {
  checked('--models', suiteSchema.shape.models, specs)
  return specs.flatMap(spec => {
    const known = entries.filter(entry => entry.spec === spec)
    return known.length > 0 ? known : [{ spec, parameters: {} }]
  })
}

function levelsByFactor({ modes, reinjection, factors }: SuiteOverrides): [string, string[], string][] {
  const listed = Object.entries(factors ?? {}).map(([name, levels]): [string, string[], string] => [
    name,
    levels,
    '--factor',
  ])
  if (modes) listed.push(['mode', modes, '--modes'])
  if (reinjection) listed.push(['reinjection', reinjection, '--reinjection'])
  return listed
}

function overrideFactors(factors: readonly Factor[], changes: readonly [string, string[], string][]): Factor[] {
  const result = [...factors]
  for (const [name, levels, option] of changes) {
    const index = result.findIndex(factor => factor.name === name)
    if (index < 0 && !isBuiltInFactor(name))
      throw new UserError(
        'usage',
        `${option}: ${unknownFactor(
          name,
          factors.map(factor => factor.name),
        )}`,
      )
    if (levels.length === 0) throw new UserError('usage', `${option}: ${name}: expected at least one level`)
    const problem = levelProblem(name, levels)
    if (problem) throw new UserError('usage', `${option}: ${problem}`)
    if (index < 0) result.push({ name, levels })
    else result[index] = { ...(result[index] as Factor), levels }
  }
  return result
}

function keepsContrast({ analysis, factors }: Suite): boolean {
  return factors.some(({ name, levels }) => name === analysis?.factor && levels.includes(analysis.baseline))
}

function withoutAnalysis(suite: Suite): Suite {
  const { analysis: _dropped, ...rest } = suite
  return rest
}

function checkedMechanism(value: string): Suite['sandbox']['mechanism'] {
  return checked('--sandbox', suiteSchema.shape.sandbox, { mechanism: value }).mechanism
}

interface Parser<Output> {
  safeParse(value: unknown): { success: true; data: Output } | { success: false; error: { issues: unknown[] } }
}

function checked<Output>(option: string, schema: Parser<Output>, value: unknown): Output {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const [problem] = explainIssues(schema as never, parsed.error.issues as never, value)
  throw new UserError('usage', `${option}: ${problem?.message ?? 'not valid'}`)
}
