import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Task } from '../../src/contracts/task.ts'
import { temporaryTree } from './temporary-tree.ts'

/** Runs a task's check on a copy of a workspace, as the verifier does; the clauses it wrote, if any. */
export function verdictOf(task: Task, workspace: string): Record<string, number> | undefined {
  const room = temporaryTree()
  const [copy, tests, logs] = [join(room, 'workspace'), join(room, 'tests'), join(room, 'logs')] as const
  cpSync(workspace, copy, { recursive: true, verbatimSymlinks: true })
  for (const dir of task.steps.at(-1)?.testsDirs ?? []) cpSync(dir, tests, { recursive: true })
  spawnSync('sh', [join(tests, 'test.sh')], { cwd: copy, env: { ...process.env, TESTS_DIR: tests, LOGS_DIR: logs } })
  const reward = join(logs, 'verifier', 'reward.json')
  return existsSync(reward) ? JSON.parse(readFileSync(reward, 'utf8')) : undefined
}
