import type { Task } from '../../../contracts/task.ts'
import { findTasks } from '../../../run/single/find-tasks.ts'
import type { Action } from '../../options/command-table.ts'
import { printJson, printLine } from '../../terminal/print.ts'

export const show: Action<'tasks show'> = async ({ glob }, { json, ...source }) => {
  const tasks = await findTasks({ ...source, glob })
  if (json) printJson({ tasks })
  else for (const task of tasks) printTask(task)
}

function printTask(task: Task): void {
  printLine(`${task.id}  (${task.stratum}, cluster ${task.cluster}, digest ${task.digest.slice(0, 12)})`)
  const facts = {
    calls: task.callsMin === undefined ? undefined : `at least ${task.callsMin} per look`,
    looks: task.looksMin === undefined ? undefined : `at least ${task.looksMin}`,
    license: task.license,
    requires: task.requires.join(', '),
    protect: task.protect.join(', '),
    touches: task.touches?.join(', '),
    workspace: task.workspaceDir,
  }
  for (const [name, value] of Object.entries(facts)) if (value) printLine(`  ${name}: ${value}`)
  for (const step of task.steps) {
    printLine(`\n── ${step.name} (${step.solution.length} looks in the solution) ──`)
    printLine(step.instruction.trim())
  }
}
