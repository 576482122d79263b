/** `tests/test.sh` of a task made of a published package. */
export const TEST_SH = `#!/bin/sh
# Runs the hidden tests in the current folder and writes one clause per test file.
exec node "\${TESTS_DIR:-/tests}/run.mjs"
`

/**
 * \`tests/run.mjs\`: lays the fixed version's tests over the workspace and runs each file on its own.
 * A file keeps its clause when its TAP output is complete: a plan, as many \`ok\` lines as planned, no \`not ok\`; the exit
 * code alone would let code under test that calls \`process.exit(0)\` pass.
 */
export const RUN_MJS = `import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const tests = process.env.TESTS_DIR || '/tests'
const verdicts = join(process.env.LOGS_DIR || '/logs', 'verifier')
const { testFiles, check } = JSON.parse(readFileSync(join(tests, 'plan.json'), 'utf8'))
const laid = join(tests, 'files')

if (existsSync(laid)) {
  for (const name of readdirSync(laid)) {
    rmSync(name, { recursive: true, force: true })
    cpSync(join(laid, name), name, { recursive: true })
  }
}

function run(file) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8', timeout: 60_000, maxBuffer: 1e8 })
  return { status, stdout: stdout ?? '', stderr: stderr ?? '' }
}

function isComplete({ status, stdout }) {
  const planned = Number(/^1\\.\\.(\\d+)\\s*$/m.exec(stdout)?.[1] ?? 0)
  const passed = stdout.match(/^ok \\d+/gm)?.length ?? 0
  return status === 0 && planned > 0 && passed === planned && !/^\\s*not ok/m.test(stdout)
}

const clauses = {}
for (const file of testFiles) {
  const result = run(file)
  clauses[file] = isComplete(result) ? 1 : 0
  const failed = result.stdout.match(/^\\s*not ok.*/gm) ?? []
  console.log([file, clauses[file] ? 'kept' : 'not kept', ...failed.slice(0, 5)].join('\\n  '))
  if (!clauses[file]) console.log(result.stderr.slice(-2000))
}
if (check) {
  const { status, stdout, stderr } = run(join(tests, check))
  clauses.check = status === 0 ? 1 : 0
  console.log(stdout.slice(-4000), stderr.slice(-2000))
}
mkdirSync(verdicts, { recursive: true })
writeFileSync(join(verdicts, 'reward.json'), JSON.stringify(clauses))
`
