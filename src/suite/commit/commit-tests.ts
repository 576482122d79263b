import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { writeFolder } from '../write-folder.ts'
import type { CommitEntry, GitRepository } from './git.ts'
import type { TestRunner } from './test-runners.ts'
import { testScript } from './test-script.ts'

export interface CommitTests {
  tests: readonly CommitEntry[]
  sha: string
  dir: string
  testCommand: string
  /** What the command's output is checked for in addition to its exit code. */
  runners: readonly TestRunner[]
}

/** Writes the commit's test files and the `test.sh` that lays them over the workspace. */
export async function writeCommitTests(
  repository: GitRepository,
  { tests, sha, dir, testCommand, runners }: CommitTests,
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
  await writeFolder(dir, { 'test.sh': testScript({ testCommand, deleted, runners }) })
}

export function contentAt(repository: GitRepository, revision: string, path: string): Promise<Buffer> {
  return repository.git(['cat-file', 'blob', `${revision}:${path}`])
}
