import { resolve } from 'node:path'
import type { Task } from '../contracts/task.ts'
import { applyOverrides } from '../suite/apply-overrides.ts'
import { loadSuite } from '../suite/load-suite.ts'
import { loadSuiteTasks } from '../suite/load-suite-tasks.ts'
import { loadTasks } from '../suite/load-tasks.ts'
import { findIn, PACKAGE_DIR } from '../suite/package-folder.ts'

export interface FindTasksOptions {
  glob: string | undefined
  suite?: string
  /** A folder of task folders; the own tasks without it. */
  dir?: string
}

const OWN_TASKS = 'fixtures/tasks'

/** The tasks a command names: a suite's, a folder's, or the own ones. */
export async function findTasks({ glob, suite, dir }: FindTasksOptions): Promise<Task[]> {
  if (suite !== undefined) {
    const loaded = await loadSuite(suite)
    return loadSuiteTasks(glob === undefined ? loaded : applyOverrides(loaded, { tasks: [glob] }))
  }
  const own = findIn(OWN_TASKS, [process.cwd(), PACKAGE_DIR]) ?? OWN_TASKS
  return loadTasks({ tasksDir: resolve(dir ?? own), globs: [glob ?? '*'] })
}
