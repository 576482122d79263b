// Covers: suite/create-suite.ts, suite/run-program.ts, suite/shown-path.ts, suite/write-folder.ts
// Covers: suite/task/create-task-skeleton.ts, suite/folder-digest.ts, suite/load-suite-tasks.ts, suite/select-ids.ts, suite/npm/

import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createSuite } from '../../src/suite/create-suite.ts'
import { loadSuite } from '../../src/suite/load-suite.ts'
import { loadSuiteTasks } from '../../src/suite/load-suite-tasks.ts'
import { createTaskSkeleton } from '../../src/suite/task/create-task-skeleton.ts'
import { loadTask } from '../../src/suite/task/load-task.ts'
import { runStandalone } from '../../src/tools/apply-patch/run-standalone.ts'
import { temporaryTree, userError } from './temporary-tree.ts'
import { verdictOf } from './verdict.ts'

describe('a new task', () => {
  test('is not solved as it is, and solved by its solution', async () => {
    const task = await loadTask(await createTaskSkeleton(temporaryTree(), 'my-first'))
    const workspace = join(temporaryTree(), 'workspace')
    cpSync(task.workspaceDir, workspace, { recursive: true })
    expect(verdictOf(task, workspace)).toEqual({ 'greets-by-name': 0, 'greets-without-name': 1 })
    const patch = new Function('tools', `return ${task.steps[0]?.solution[0]?.replace('await ', '')}`)({
      applyPatch: (input: { patch: string }) => input.patch,
    })
    expect(await runStandalone({ patch, cwd: workspace })).toMatchObject({ exitCode: 0 })
    expect(verdictOf(task, workspace)).toEqual({ 'greets-by-name': 1, 'greets-without-name': 1 })
  })

  test('does not pass by ending the process early', async () => {
    const task = await loadTask(await createTaskSkeleton(temporaryTree(), 'my-first'))
    const workspace = temporaryTree({ 'greet.js': 'process.exit(0)', 'package.json': '{"type":"module"}' })
    expect(verdictOf(task, workspace)).toEqual({ 'greets-by-name': 0, 'greets-without-name': 0 })
  })

  test('never replaces another', async () => {
    const dir = temporaryTree({ 'mine/notes.md': 'keep' })
    expect(await userError(createTaskSkeleton(dir, 'mine'))).toMatchObject({ code: 'usage' })
    expect(readFileSync(join(dir, 'mine/notes.md'), 'utf8')).toBe('keep')
  })

  test.each(['../up', 'a/b', '', '.hidden', 'x'.repeat(101)])('refuses the id %j', async id => {
    expect((await userError(createTaskSkeleton(temporaryTree(), id))).message).toMatch(/is not a valid task id/)
  })
})

test('a new suite loads with its first task', async () => {
  const suite = await loadSuite(await createSuite(temporaryTree()))
  expect((await loadSuiteTasks(suite)).map(({ id }) => id)).toEqual(['first-task'])
  expect(suite.models.map(({ spec }) => spec)).toEqual(['oracle', 'nop'])
})

test('a new suite never replaces another', async () => {
  const dir = temporaryTree()
  await createSuite(dir)
  expect((await userError(createSuite(dir))).message).toMatch(/suite\.yaml: already exists/)
})
