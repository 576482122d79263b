import type { TestRunner } from './test-runners.ts'

export interface TestScriptFacts {
  testCommand: string
  deleted: readonly string[]
  runners: readonly TestRunner[]
}

/** The `test.sh` of a task made from a commit. */
export function testScript({ testCommand, deleted, runners }: TestScriptFacts): string {
  const removals = deleted.map(path => `rm -f -- ${quoted(path)}\n`).join('')
  return `#!/bin/sh
# Lays the commit's tests over a copy of the workspace and runs them.
verdicts="\${LOGS_DIR:-/logs}/verifier"
output="$verdicts/test-output.txt"
mkdir -p "$verdicts"
${removals}cp -R "\${TESTS_DIR:-/tests}/files/." . || exit 1
if sh -c ${quoted(testCommand)} > "$output" 2>&1; then kept=1; else kept=0; fi
cat "$output"
${runners.length === 0 ? EXIT_CODE_ONLY : countsOf(runners)}printf '{"tests": %s}\\n' "$kept" > "$verdicts/reward.json"
`
}

const EXIT_CODE_ONLY = `# This command's output has no counts: only its exit code decides. Code under test that ends the process with 0 passes.
`

/** A process that ends early with 0 leaves no summary behind. */
function countsOf(runners: readonly TestRunner[]): string {
  const checks = runners.map(
    ({ name, passed, failed }) =>
      `# ${name}: a summary with at least one pass and no failure\nsays ${quoted(passed)} || kept=0\nsays ${quoted(failed)} && kept=0\n`,
  )
  return `
# An exit code of 0 is not enough: code under test can end the process early.
escape=$(printf '\\033')
says() { sed "s/$escape\\[[0-9;]*m//g" "$output" | grep -E -q -e "$1"; }
${checks.join('')}${runners.some(({ name }) => name === 'node --test') ? NODE_FILES : ''}
`
}

/** If a file exits before its tests are reported, Node reports one passed test with the file's name. */
const NODE_FILES = `# node --test counts a file that exits with 0 before its own tests have ended as one pass, named as the file
sed -n -E -e "s/$escape\\[[0-9;]*m//g" -e 's/^ *(✔|ok [0-9]+ -) (.*)$/\\2/' -e 't found' -e 'd' -e ': found' \\
  -e 's/ \\([0-9.]+ms\\).*$//' -e p "$output" > "$verdicts/passed.txt"
while IFS= read -r name; do
  if [ -f "$name" ] && grep -q 'node:test' -- "$name"; then kept=0; fi
done < "$verdicts/passed.txt"
`

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
