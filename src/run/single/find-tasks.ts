import { resolve } from 'node:path'
import type { Suite } from '../../contracts/suite.ts'
import type { Task } from '../../contracts/task.ts'
import { applyOverrides } from '../../suite/apply-overrides.ts'
import { loadSuite } from '../../suite/load-suite.ts'
import { listSuiteTasks, loadSuiteTasks, type TaskListing } from '../../suite/load-suite-tasks.ts'
import { findIn, PACKAGE_DIR } from '../../suite/package-folder.ts'
import { loadTasks } from '../../suite/task/load-tasks.ts'

export interface FindTasksOptions {
  glob: string | undefined
  suite?: string
  /** A folder of task folders; by default, the tasks that come with scriptbench. */
  dir?: string
}

const OWN_TASKS = 'fixtures/tasks'

/** Like `findTasks`, without downloading anything. */
export async function listTasks(options: FindTasksOptions): Promise<TaskListing[]> {
  return options.suite === undefined
    ? findTasks(options)
    : listSuiteTasks(await selectedSuite(options.suite, options.glob))
}

/** The tasks that a command names: a suite's, a folder's, or those that come with scriptbench. */
export async function findTasks({ glob, suite, dir }: FindTasksOptions): Promise<Task[]> {
  if (suite !== undefined) return loadSuiteTasks(await selectedSuite(suite, glob))
  const own = findIn(OWN_TASKS, [process.cwd(), PACKAGE_DIR]) ?? OWN_TASKS
  return loadTasks({ tasksDir: resolve(dir ?? own), globs: [glob ?? '*'] })
}

async function selectedSuite(file: string, glob: string | undefined): Promise<Suite> {
  const suite = await loadSuite(file)
  return glob === undefined ? suite : applyOverrides(suite, { tasks: [glob] })
}
