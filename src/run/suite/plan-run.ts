import { access, constants, readFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { defined } from '../../base/defined.ts'
import { hint } from '../../base/did-you-mean.ts'
import { sha256 } from '../../base/digest.ts'
import { formOf } from '../../base/models/model-kind.ts'
import { UserError } from '../../contracts/errors.ts'
import type { FactorModule } from '../../contracts/factor-module.ts'
import type { Suite } from '../../contracts/suite.ts'
import type { Task } from '../../contracts/task.ts'
import type { Trial } from '../../contracts/trial.ts'
import { expandMatrix } from '../../matrix/expand-matrix.ts'
import { publishedPrices } from '../../model/prices.ts'
import { applyOverrides, type SuiteOverrides } from '../../suite/apply-overrides.ts'
import { loadFactorModules } from '../../suite/load-factor-modules.ts'
import { loadSuite } from '../../suite/load-suite.ts'
import { loadSuiteTasks } from '../../suite/load-suite-tasks.ts'
import { createTools } from '../../tools/create-tools.ts'

export interface LeftOut {
  task: string
  reason: string
}

/** Everything that is decided before the first trial starts. */
export interface RunPlan {
  suite: Suite
  factorModules: FactorModule[]
  tasks: Map<string, Task>
  leftOut: LeftOut[]
  trials: Trial[]
}

export interface PlanOptions {
  suiteFile: string
  overrides: SuiteOverrides
  environment: Readonly<Record<string, string | undefined>>
}

/** Reads and validates everything that a run needs. Throws a UserError for whatever the user can fix. */
export async function planRun({ suiteFile, overrides, environment }: PlanOptions): Promise<RunPlan> {
  const suite = await withModelFacts(applyOverrides(await loadSuite(suiteFile), overrides))
  checkTools(suite)
  const factorModules = await loadFactorModules(suite)
  const { usable, leftOut } = await leaveOutUnrunnable(await loadSuiteTasks(suite), environment)
  if (usable.length === 0) {
    const reasons = leftOut.map(({ task, reason }) => `${task}: ${reason}`).join('; ')
    throw new UserError('nothing-to-run', `${suiteFile}: no task can run here. ${reasons}`)
  }
  const trials = expandMatrix({ suite, tasks: usable })
  return { suite, factorModules, tasks: new Map(usable.map(task => [task.id, task])), leftOut, trials }
}

/** Checks the tools: names that no tool has, and arms without any way to change a file. */
function checkTools({ factors, file, tools }: Suite): void {
  const known = createTools().map(tool => tool.name)
  const strange = tools?.find(name => !known.includes(name))
  if (strange !== undefined) {
    throw new UserError('suite-invalid', `${file}: tools: unknown tool "${strange}"${hint(strange, known)}`)
  }
  const has = (name: string, level: string) =>
    factors.some(factor => factor.name === name && factor.levels.includes(level))
  if (has('tools', 'no-shell') && has('patchCarrier', 'shell')) {
    throw new UserError(
      'suite-invalid',
      `${file}: factors: tools "no-shell" and patchCarrier "shell" cannot be combined; use separate suites.`,
    )
  }
}

/** Adds to the models what their specs do not say: published prices where they have none, and the digest of a player's file. */
async function withModelFacts(suite: Suite): Promise<Suite> {
  const models = suite.models.map(async entry => {
    const prices = entry.prices ?? publishedPrices(entry.spec)
    return defined({ ...entry, prices, contentDigest: await digestOfPlayer(entry.spec) })
  })
  return { ...suite, models: await Promise.all(models) }
}

/** A file that cannot be read is reported when the player is made. */
async function digestOfPlayer(spec: string): Promise<string | undefined> {
  if (!formOf(spec)?.hasFile) return undefined
  return readFile(spec.slice(spec.indexOf('/') + 1)).then(
    content => sha256(content),
    () => undefined,
  )
}

/** Tasks that need a program this machine lacks are left out and named. */
export async function leaveOutUnrunnable(
  tasks: readonly Task[],
  environment: PlanOptions['environment'],
): Promise<{ usable: Task[]; leftOut: LeftOut[] }> {
  const usable: Task[] = []
  const leftOut: LeftOut[] = []
  for (const task of tasks) {
    const missing: string[] = []
    for (const program of task.requires) if (!(await isOnPath(program, environment.PATH ?? ''))) missing.push(program)
    if (missing.length === 0) usable.push(task)
    else leftOut.push({ task: task.id, reason: `needs ${missing.join(', ')}, not found on PATH` })
  }
  return { usable, leftOut }
}

async function isOnPath(program: string, path: string): Promise<boolean> {
  for (const dir of path.split(delimiter)) {
    const isThere = await access(join(dir, program), constants.X_OK).then(
      () => true,
      () => false,
    )
    if (dir !== '' && isThere) return true
  }
  return false
}
