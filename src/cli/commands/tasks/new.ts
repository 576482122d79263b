import { resolve } from 'node:path'
import { createTaskSkeleton } from '../../../suite/task/create-task-skeleton.ts'
import type { Action } from '../../options/command-table.ts'
import { printLine } from '../../terminal/print.ts'

export const newTask: Action<'tasks new'> = async ({ id }, { dir }) => {
  printLine(`created ${await createTaskSkeleton(resolve(dir), id)}`)
  printLine(
    `next: edit instruction.md, environment/workspace, tests and solution, then: scriptbench tasks validate ${id} --dir ${dir}`,
  )
}
