import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '../../contracts/errors.ts'
import type { Task } from '../../contracts/task.ts'
import { selectIds } from '../select-ids.ts'
import { shownPath } from '../shown-path.ts'
import { loadTask } from './load-task.ts'

/** Loads the tasks in a folder whose ids the globs select, sorted by id. Folders without a `task.toml` are not tasks. */
export async function loadTasks(options: { tasksDir: string; globs: readonly string[] }): Promise<Task[]> {
  const dirs = await selectTaskDirs(options)
  return Promise.all(dirs.map(loadTask))
}

/** The folders that `loadTasks` would load. */
export async function selectTaskDirs(options: { tasksDir: string; globs: readonly string[] }): Promise<string[]> {
  const { tasksDir, globs } = options
  const names = await readdir(tasksDir).catch(() => {
    throw new UserError('file-not-found', `${shownPath(tasksDir)}: no such folder; expected a folder with task folders`)
  })
  const ids = names.filter(name => existsSync(join(tasksDir, name, 'task.toml')))
  return selectIds(ids, globs, shownPath(tasksDir)).map(id => join(tasksDir, id))
}
