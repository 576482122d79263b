import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import { hint } from '../base/did-you-mean.ts'
import { explainIssues } from '../base/explain-issues.ts'
import type { Factor } from '../contracts/arm.ts'
import { UserError } from '../contracts/errors.ts'
import type { FactorModule } from '../contracts/factor-module.ts'
import type { Suite } from '../contracts/suite.ts'
import { shownPath } from './shown-path.ts'

const hook = z.custom<(...args: never[]) => unknown>(value => typeof value === 'function', 'a function').optional()
const moduleSchema = z.strictObject({
  name: z.string().min(1),
  levels: z.record(z.string().min(1), z.strictObject({ preamble: hook, tools: hook, history: hook, limits: hook })),
})

/** Imports the modules of the suite's own factors. This runs code that the suite names. */
export async function loadFactorModules(suite: Suite): Promise<FactorModule[]> {
  const modules: FactorModule[] = []
  for (const factor of suite.factors)
    if (factor.module !== undefined) modules.push(await loadModule(factor, factor.module))
  return modules
}

async function loadModule(factor: Factor, file: string): Promise<FactorModule> {
  const shown = shownPath(file)
  const exported = await importFactor(file, shown)
  const parsed = moduleSchema.safeParse(exported)
  if (!parsed.success) {
    const problems = explainIssues(moduleSchema, parsed.error.issues, exported)
    throw new UserError(
      'suite-invalid',
      problems.map(({ path, message }) => `${shown}: ${['factor', ...path].join('.')}: ${message}`).join('\n'),
    )
  }
  const { name, levels } = parsed.data
  if (name !== factor.name)
    throw new UserError(
      'suite-invalid',
      `${shown}: factor.name: expected "${factor.name}" as in the suite, found "${name}"`,
    )
  const known = Object.keys(levels)
  const strange = factor.levels.find(level => !known.includes(level))
  if (strange !== undefined)
    throw new UserError(
      'suite-invalid',
      `factors.${name}.levels: "${strange}" is not a level of ${shown}${hint(strange, known)}`,
    )
  return parsed.data as FactorModule
}

async function importFactor(file: string, shown: string): Promise<unknown> {
  let module: { factor?: unknown }
  try {
    module = await import(pathToFileURL(file).href)
  } catch (error) {
    throw new UserError('suite-invalid', `${shown}: cannot load the module: ${(error as Error).message}`)
  }
  if (module.factor === undefined)
    throw new UserError('suite-invalid', `${shown}: expected an export named "factor" with a name and levels`)
  return module.factor
}
