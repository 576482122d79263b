import { basename } from 'node:path'
import type { Suite } from '../contracts/suite.ts'
import type { Stratum, Task } from '../contracts/task.ts'
import { defaultCacheDir } from './npm/cache.ts'
import { npmSource, prepareNpmTasks } from './npm/prepare-npm-tasks.ts'
import { selectIds } from './select-ids.ts'
import { defaultStratum, loadManifest } from './task/load-task.ts'
import { loadTasks, selectTaskDirs } from './task/load-tasks.ts'

/** The suite's tasks, from its task folders or, where it has `sources`, from published packages. */
export async function loadSuiteTasks(suite: Suite, cacheDir: string = defaultCacheDir()): Promise<Task[]> {
  return suite.sources ? prepareNpmTasks(suite, cacheDir) : loadTasks({ tasksDir: suite.tasksDir, globs: suite.tasks })
}

export interface TaskListing {
  id: string
  stratum: Stratum
  source: Task['source']
}

/** What `loadSuiteTasks` would load, without downloading or reading more than the manifests. */
export async function listSuiteTasks(suite: Suite): Promise<TaskListing[]> {
  const { sources, tasks, tasksDir, name } = suite
  if (sources) {
    const ids = selectIds(
      sources.map(({ id }) => id),
      tasks,
      `${name}'s sources`,
    )
    const chosen = sources.filter(({ id }) => ids.includes(id)).sort((left, right) => (left.id < right.id ? -1 : 1))
    return chosen.map(source => ({ id: source.id, stratum: source.stratum, source: npmSource(source) }))
  }
  return Promise.all((await selectTaskDirs({ tasksDir, globs: tasks })).map(listFolder))
}

async function listFolder(dir: string): Promise<TaskListing> {
  const { additions, steps } = await loadManifest(dir)
  return { id: basename(dir), stratum: additions.stratum ?? defaultStratum(steps.length), source: { kind: 'folder' } }
}
