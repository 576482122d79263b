import { join } from 'node:path'
import { UserError } from '../../contracts/errors.ts'
import { TASK_ID } from '../source-schema.ts'
import { refuseExisting, writeFolder } from '../write-folder.ts'

/** Creates `dir/id`: a small task that validates as it is, to be changed into one's own. Returns its folder. */
export async function createTaskSkeleton(dir: string, id: string): Promise<string> {
  if (!TASK_ID.test(id))
    throw new UserError(
      'usage',
      `"${id}" is not a valid task id; expected letters, digits, ".", "_" and "-", at most 100`,
    )
  const target = join(dir, id)
  refuseExisting(target)
  await writeFolder(target, skeleton(id))
  return target
}

export const DOCKERFILE = `FROM node:24-slim
COPY workspace/ /workspace
WORKDIR /workspace
`

function skeleton(id: string): Record<string, string> {
  return {
    'task.toml': taskToml(id),
    'instruction.md': `\`greet.js\` greets everybody the same way: \`greet('Ada')\` gives \`Hello!\`.
Make it say \`Hello, Ada!\`; without a name it stays \`Hello!\`.
`,
    'environment/Dockerfile': DOCKERFILE,
    'environment/workspace/greet.js': `export function greet(name) {
  return 'Hello!'
}
`,
    'environment/workspace/package.json': `${JSON.stringify({ name: id.toLowerCase(), private: true, type: 'module' }, undefined, 2)}\n`,
    'solution/01.ts': SOLUTION,
    'tests/test.sh': TEST_SH,
    'tests/check.mjs': CHECK,
  }
}

function taskToml(id: string): string {
  return `schema_version = "1.3"

[task]
name = "own/${id}"
description = "What this task asks for, in one line"

[metadata.scriptbench]
# Tasks of one family share a cluster; the statistics treat them as related.
cluster = "${id}"
# one, few, many-independent, many-dependent, loop or long
stratum = "one"
calls_min = 1
looks_min = 1
# Restored before the verifier runs, so that changing them does not help.
protect = ["package.json"]
# What a solution can change.
touches = ["greet.js"]

[verifier]
timeout_sec = 60

[environment]
network_mode = "no-network"
`
}

const SOLUTION = `await tools.applyPatch({
  patch: \`*** Begin Patch
*** Update File: greet.js
@@
-  return 'Hello!'
+  return name ? \\\`Hello, \\\${name}!\\\` : 'Hello!'
*** End Patch\`,
})
`

const TEST_SH = `#!/bin/sh
# Decides after the agent has stopped. Runs in a copy of the workspace.
exec node "\${TESTS_DIR:-/tests}/check.mjs"
`

const CHECK = `import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'

/** What the workspace's code prints, whatever else it does: an exit code alone would prove nothing. */
function greeting(argument) {
  const program = \`import { greet } from './greet.js'; console.log(JSON.stringify(greet(\${argument})))\`
  return spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8', timeout: 10_000 }).stdout.trim()
}

// One number per clause; the task is solved when every one is at least 1.
const clauses = {
  'greets-by-name': greeting("'Ada'") === '"Hello, Ada!"' ? 1 : 0,
  'greets-without-name': greeting('') === '"Hello!"' ? 1 : 0,
}
const verdicts = \`\${process.env.LOGS_DIR || '/logs'}/verifier\`
mkdirSync(verdicts, { recursive: true })
writeFileSync(\`\${verdicts}/reward.json\`, JSON.stringify(clauses))
console.log(clauses)
`
