/** The files of a task that one patch solves, under `tasks/<id>/`, for end-to-end tests. */
export function inlineTask(
  id: string,
  options: { steps?: string[]; workspace?: Record<string, string> } = {},
): Record<string, string> {
  const dir = `tasks/${id}`
  const files: Record<string, string> = {
    [`${dir}/task.toml`]: manifest(id, options.steps),
    [`${dir}/environment/Dockerfile`]: 'FROM node:24-slim\nCOPY workspace/ /workspace\n',
    [`${dir}/environment/workspace/greeting.txt`]: 'hello wrld\n',
  }
  for (const [path, content] of Object.entries(options.workspace ?? {}))
    files[`${dir}/environment/workspace/${path}`] = content
  if (options.steps === undefined) Object.assign(files, step(dir, 'main', 'hello world'))
  for (const [index, name] of (options.steps ?? []).entries()) {
    Object.assign(files, step(`${dir}/steps/${name}`, name, index === 0 ? 'hello world' : `hello ${name}`))
  }
  return files
}

function manifest(id: string, steps: readonly string[] = []): string {
  const list = steps.map(name => `\n[[steps]]\nname = "${name}"\n`).join('')
  return `schema_version = "1.3"

[task]
name = "test/${id}"

[metadata.scriptbench]
cluster = "${id}"
stratum = "${steps.length > 0 ? 'long' : 'few'}"
calls_min = 2
looks_min = 1
license = "MIT"
touches = ["greeting.txt"]

[verifier]
timeout_sec = 20
${list}`
}

function step(dir: string, name: string, wanted: string): Record<string, string> {
  return {
    [`${dir}/instruction.md`]: `Step ${name}: make greeting.txt say "${wanted}".\n`,
    [`${dir}/tests/test.sh`]: `set -u
logs="\${LOGS_DIR:-/logs}/verifier"
mkdir -p "$logs"
right=0; same=0
grep -qx '${wanted}' greeting.txt && right=1
[ "$(ls | wc -l)" -ge 1 ] && same=1
echo "{\\"greeting\\": $right, \\"nothing-lost\\": $same}" > "$logs/reward.json"
`,
    [`${dir}/solution/01.ts`]: `const before = await tools.readFile({ filePath: context.workingDirectory + '/greeting.txt' })
await tools.applyPatch({ patch: ['*** Begin Patch', '*** Update File: greeting.txt', '@@', '-' + before.text, '+${wanted}', '*** End Patch'].join('\\n') })
return before.text
`,
  }
}

export function inlineSuite(fields: Record<string, unknown>): string {
  return JSON.stringify({ tasks: ['*'], tasksDir: 'tasks', models: ['oracle'], seed: 7, ...fields })
}
