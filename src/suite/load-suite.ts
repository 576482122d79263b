import { readFile } from 'node:fs/promises'
import { basename, dirname, extname, join, resolve } from 'node:path'
import { defined } from '../base/defined.ts'
import { explainIssues, fieldName, type Problem } from '../base/explain-issues.ts'
import { UserError } from '../contracts/errors.ts'
import type { ModelEntry } from '../contracts/model.ts'
import type { NpmSource, Suite } from '../contracts/suite.ts'
import { isBuiltInFactor, readFactors, unknownFactor } from './factors.ts'
import { findIn, PACKAGE_DIR } from './package-folder.ts'
import { shownPath } from './shown-path.ts'
import { suiteProblems } from './suite-problems.ts'
import { type SuiteFile, suiteSchema } from './suite-schema.ts'
import { parseYaml, type YamlSource } from './yaml-source.ts'

const TASKS_DIR_DEFAULT = join('fixtures', 'tasks')
const PROBLEMS_SHOWN_MAX = 10

/**
 * Loads and validates a suite. A relative path is looked for in the working directory, then in our own package.
 * Throws a `suite-invalid` that names file, line, field and expectation of every mistake.
 */
export async function loadSuite(path: string): Promise<Suite> {
  const file = findIn(path, [process.cwd(), PACKAGE_DIR]) ?? resolve(path)
  const shownFile = shownPath(file)
  const yaml = parseYaml(shownFile, await readText(file, path))
  const parsed = suiteSchema.safeParse(yaml.value)
  if (!parsed.success) {
    const problems = explainIssues(suiteSchema, parsed.error.issues, yaml.value)
    throw invalid(shownFile, yaml, problems.map(asFactorProblem))
  }
  const { suite, problems } = await build(file, parsed.data)
  const all = [...problems, ...suiteProblems(suite)]
  if (all.length > 0) throw invalid(shownFile, yaml, all)
  return suite
}

async function readText(file: string, path: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch {
    throw new UserError('file-not-found', `${path}: no such file; expected a readable .yaml suite file`)
  }
}

async function build(file: string, written: SuiteFile): Promise<{ suite: Suite; problems: Problem[] }> {
  const { factors, problems } = await readFactors(file, written.factors)
  const { runCostUsdMax, ...limits } = written.limits
  const tasksDir = written.tasksDir ?? TASKS_DIR_DEFAULT
  const tasksDirFound = findIn(tasksDir, [process.cwd(), dirname(file), PACKAGE_DIR])
  if (written.tasksDir !== undefined && tasksDirFound === undefined)
    problems.push({
      path: ['tasksDir'],
      message: `no folder "${tasksDir}"; looked in the working directory, next to the suite file and in the package`,
    })
  if (written.tasksDir !== undefined && written.sources !== undefined)
    problems.push({ path: ['tasksDir'], message: 'expected either `tasksDir` or `sources`, not both', isKey: true })
  const suite = defined({
    name: written.name ?? nameFrom(file),
    file,
    tasks: written.tasks,
    tasksDir: tasksDirFound ?? resolve(tasksDir),
    sources: written.sources?.map(source => buildSource(file, source)),
    models: written.models.map(buildModel),
    factors,
    repeats: written.repeats,
    limits: defined(limits),
    runCostUsdMax,
    approval: written.approval,
    sandbox: written.sandbox,
    preamble: written.preamble,
    tools: written.tools,
    analysis: written.analysis && defined(written.analysis),
    seed: written.seed,
  })
  return { suite, problems }
}

function buildModel(written: SuiteFile['models'][number]): ModelEntry {
  if (typeof written === 'string') return { spec: written, parameters: {} }
  const { spec, prices, playerKind, ...parameters } = written
  return defined({ spec, parameters: defined(parameters), prices: prices && defined(prices), playerKind })
}

function buildSource(file: string, written: NonNullable<SuiteFile['sources']>[number]): NpmSource {
  const nextToSuite = (path: string) => resolve(dirname(file), path)
  return defined({
    ...written,
    cluster: written.cluster ?? written.package,
    lock: written.lock && nextToSuite(written.lock),
    check: written.check && nextToSuite(written.check),
    solution: written.solution?.map(nextToSuite),
  })
}

/** A list under an unknown name: zod asks for a table, its author mistyped a built-in factor. */
function asFactorProblem(problem: Problem): Problem {
  const [top, name] = problem.path
  if (top !== 'factors' || problem.path.length !== 2 || isBuiltInFactor(String(name))) return problem
  return { path: problem.path, message: unknownFactor(String(name)), isKey: true }
}

function invalid(file: string, yaml: YamlSource, problems: readonly Problem[]): UserError {
  const lines = problems
    .slice(0, PROBLEMS_SHOWN_MAX)
    .map(
      ({ path, message, isKey = false }) =>
        `${file}:${yaml.lineOf(path, { ofKey: isKey })}: ${fieldName(path)}: ${message}`,
    )
  const more = problems.length - lines.length
  if (more > 0) lines.push(`… and ${more} more`)
  return new UserError('suite-invalid', lines.join('\n'))
}

function nameFrom(file: string): string {
  return (
    basename(file, extname(file))
      .replace(/[^A-Za-z0-9._-]+/g, '-')
      .replace(/^[^A-Za-z0-9]+/, '') || 'suite'
  )
}
