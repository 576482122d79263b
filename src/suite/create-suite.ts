import { join } from 'node:path'
import { createTaskSkeleton } from './task/create-task-skeleton.ts'
import { refuseExisting, writeFolder } from './write-folder.ts'

const FIRST_TASK = 'first-task'

/** Creates `suite.yaml` and `tasks/` with one task in a folder, ready to run. Returns the suite's file. */
export async function createSuite(dir: string): Promise<string> {
  const file = join(dir, 'suite.yaml')
  refuseExisting(file)
  await createTaskSkeleton(join(dir, 'tasks'), FIRST_TASK)
  await writeFolder(dir, { 'suite.yaml': SUITE })
  return file
}

const SUITE = `# Which tasks, models and arms are compared. Unknown keys are errors; see the guide for every key.
tasks: ['*']
tasksDir: tasks

# oracle plays each task's own solution and nop does nothing: they prove the tasks, not a model. For a real comparison,
# put a model in their place, such as:
#   - {spec: anthropic/claude-sonnet-4-5, maxOutputTokens: 8000}
#   - openai/gpt-6-sol
#   - spec: openai-compatible/qwen3@http://localhost:11434/v1
#     prices: {inputPerMillion: 0, cacheReadPerMillion: 0, cacheWritePerMillion: 0, outputPerMillion: 0, source: own machine, date: 2026-11-22}
models: [oracle, nop]

factors:
  mode: [structured-parallel, script-tool]

# A single run of a model says little; use 3 or more once a real model plays.
repeats: 1

limits:
  turnsMax: 40
  wallTimeMs: 900000
  # Stops the whole run before it becomes expensive. Needs a price for every model: from the built-in table (see
  # "scriptbench models list <spec>") or from the model's own prices.
  runCostUsdMax: 1

analysis:
  primary: solved
  factor: mode
  baseline: structured-parallel
`
