import { UserError } from '../../contracts/errors.ts'
import { runProgram } from '../run-program.ts'

/** One entry of a commit's difference; modes are git's, `000000` where there is no file. */
export interface CommitEntry {
  path: string
  modeBefore: string
  modeAfter: string
}

/** A repository as `taskFromCommit` needs it; it is only read. */
export interface GitRepository {
  root: string
  /** Runs git in the repository; a failure is our error unless the caller looks at the exit code. */
  git(args: readonly string[], environment?: Record<string, string>): Promise<Buffer>
}

export async function openRepository(dir: string): Promise<GitRepository> {
  const { exitCode, stdout, stderr } = await runGit(dir, ['rev-parse', '--show-toplevel'])
  if (exitCode !== 0)
    throw new UserError(
      'usage',
      `${dir}: not a git repository with commits: ${stderr.trim()}; expected a folder inside a clone`,
    )
  const root = stdout.toString().trim()
  return {
    root,
    async git(args, environment) {
      const result = await runGit(root, args, environment)
      if (result.exitCode !== 0) throw new UserError('usage', `git ${args[0]} failed: ${result.stderr.trim()}`)
      return result.stdout
    },
  }
}

/** The commit's full hash and its only parent's. */
export async function resolveCommit({ root }: GitRepository, commit: string): Promise<{ sha: string; parent: string }> {
  const found = await runGit(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${commit}^{commit}`])
  if (found.exitCode !== 0)
    throw new UserError('usage', `${commit}: no such commit in ${root}; expected a hash, tag or branch`)
  const sha = found.stdout.toString().trim()
  const listed = await runGit(root, ['rev-list', '--parents', '-n', '1', sha])
  const [, ...parents] = listed.stdout.toString().trim().split(' ')
  const [parent] = parents
  if (parent === undefined)
    throw new UserError(
      'usage',
      `${commit}: a root commit has no parent; expected a commit with one (in a shallow clone, fetch more)`,
    )
  if (parents.length > 1)
    throw new UserError('usage', `${commit}: a merge has several parents; expected a commit with one parent`)
  return { sha, parent }
}

/** What the commit changed; a rename is a deletion and an addition. */
export async function changedEntries(repository: GitRepository, parent: string, sha: string): Promise<CommitEntry[]> {
  const raw = await repository.git(['diff-tree', '-r', '-z', '--no-renames', '--raw', parent, sha])
  const fields = raw.toString().split('\0')
  const entries: CommitEntry[] = []
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const [modeBefore = '', modeAfter = ''] = (fields[index] as string).slice(1).split(' ')
    entries.push({ path: fields[index + 1] as string, modeBefore, modeAfter })
  }
  return entries
}

function runGit(cwd: string, args: readonly string[], environment: Record<string, string> = {}) {
  const { GIT_DIR: _dir, GIT_WORK_TREE: _tree, GIT_INDEX_FILE: _index, ...inherited } = process.env
  return runProgram(['git', ...args], { cwd, env: { ...inherited, GIT_OPTIONAL_LOCKS: '0', ...environment } })
}
