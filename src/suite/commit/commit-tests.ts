import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { writeFolder } from '../write-folder.ts'
import type { CommitEntry, GitRepository } from './git.ts'

export interface CommitTests {
  tests: readonly CommitEntry[]
  sha: string
  dir: string
  testCommand: string
}

/** Writes the commit's test files and the `test.sh` that lays them over the workspace. */
export async function writeCommitTests(
  repository: GitRepository,
  { tests, sha, dir, testCommand }: CommitTests,
): Promise<void> {
  const deleted: string[] = []
  for (const { path, modeAfter } of tests) {
    if (modeAfter === '000000') deleted.push(path)
    else {
      const file = join(dir, 'files', path)
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, await contentAt(repository, sha, path), { mode: modeAfter === '100755' ? 0o755 : 0o644 })
    }
  }
  await writeFolder(dir, { 'test.sh': testSh(testCommand, deleted) })
}

function testSh(testCommand: string, deleted: readonly string[]): string {
  const removals = deleted.map(path => `rm -f -- ${quoted(path)}\n`).join('')
  return `#!/bin/sh
# Lays the commit's tests over a copy of the workspace and runs them.
verdicts="\${LOGS_DIR:-/logs}/verifier"
mkdir -p "$verdicts"
${removals}cp -R "\${TESTS_DIR:-/tests}/files/." . || exit 1
if sh -c ${quoted(testCommand)}; then kept=1; else kept=0; fi
printf '{"tests": %s}\\n' "$kept" > "$verdicts/reward.json"
`
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

export function contentAt(repository: GitRepository, revision: string, path: string): Promise<Buffer> {
  return repository.git(['cat-file', 'blob', `${revision}:${path}`])
}
