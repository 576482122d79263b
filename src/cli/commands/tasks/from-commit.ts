import { join, resolve } from 'node:path'
import { defined } from '../../../base/defined.ts'
import { taskFromCommit } from '../../../suite/commit/task-from-commit.ts'
import type { Action } from '../../options/command-table.ts'
import { printLine } from '../../terminal/print.ts'
import { validate } from './validate.ts'

export const fromCommit: Action<'tasks from-commit'> = async ({ repo, sha }, { test, testGlob, id, out }) => {
  const task = await taskFromCommit({
    repo,
    commit: sha,
    testCommand: test,
    outDir: resolve(out),
    ...defined({ testGlobs: testGlob, id }),
  })
  printLine(`created ${join(out, task.id)}; proving it`)
  if (task.note) printLine(`note: ${task.note}`)
  await validate({ glob: task.id }, { dir: out, repeat: 1 })
  const instruction = join(out, task.id, 'instruction.md')
  printLine(`next: read ${instruction}; it is the commit message and can give the solution away`)
}
