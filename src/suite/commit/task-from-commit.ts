import { chmod, mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import picomatch from 'picomatch'
import { defined } from '../../base/defined.ts'
import { asObject } from '../../base/json-fields.ts'
import { UserError } from '../../contracts/errors.ts'
import type { Task } from '../../contracts/task.ts'
import { TASK_ID } from '../source-schema.ts'
import { DOCKERFILE } from '../task/create-task-skeleton.ts'
import { loadTask } from '../task/load-task.ts'
import { type FileChange, oracleScript } from '../task/oracle-script.ts'
import { refuseExisting, writeFolder } from '../write-folder.ts'
import { commitManifest } from './commit-manifest.ts'
import { contentAt, writeCommitTests } from './commit-tests.ts'
import { type CommitEntry, changedEntries, type GitRepository, openRepository, resolveCommit } from './git.ts'
import { runnersOf } from './test-runners.ts'

/** Where tests usually lie. */
const TEST_GLOBS_DEFAULT = [
  '**/{test,tests,__tests__,spec,specs}/**',
  '**/*.{test,spec}.*',
  '**/*_test.*',
  '**/test_*.*',
]

export interface CommitTaskOptions {
  repo: string
  commit: string
  /** A shell command that runs the tests in the repository's root; exit code 0 solves the task. */
  testCommand: string
  testGlobs?: readonly string[]
  /** The folder for the task's folder. */
  outDir: string
  id?: string
}

export interface CommitTask extends Task {
  /** What its maker should know of the task's check. */
  note?: string
}

const EXIT_CODE_ONLY =
  "this command's output has no counts: only its exit code decides, and code that ends the process with 0 passes"

/** A task from a team's own history: parent → workspace, the commit's tests → hidden, its other changes → oracle. */
export async function taskFromCommit(options: CommitTaskOptions): Promise<CommitTask> {
  const { commit, testCommand, testGlobs = TEST_GLOBS_DEFAULT } = options
  const outDir = resolve(options.outDir)
  if (testCommand.trim() === '')
    throw new UserError('usage', 'the test command is empty; expected a command such as "npm test"')
  const repository = await openRepository(options.repo)
  const { sha, parent } = await resolveCommit(repository, commit)
  const id = options.id ?? `${basename(repository.root).replace(/[^A-Za-z0-9._-]+/g, '-')}-${sha.slice(0, 8)}`
  if (!TASK_ID.test(id))
    throw new UserError('usage', `"${id}" is not a valid task id; expected letters, digits, ".", "_" and "-"`)
  const target = join(outDir, id)
  refuseExisting(target)
  const entries = await changedEntries(repository, parent, sha)
  const { tests, sources } = split(entries, testGlobs, commit)
  const changes = await Promise.all(sources.map(entry => readChange(repository, entry, { parent, sha })))
  const oracle = oracleScript(changes)
  if ('tooLarge' in oracle)
    throw new UserError(
      'usage',
      `${commit}: ${oracle.tooLarge} is too large or binary to be written by a script; expected smaller files`,
    )
  const runners = runnersOf(testCommand, await packageScripts(repository, sha))
  const note = runners.length === 0 ? EXIT_CODE_ONLY : undefined
  await mkdir(outDir, { recursive: true })
  const scratch = await mkdtemp(join(outDir, '.making-'))
  try {
    await checkOut(repository, parent, join(scratch, 'environment', 'workspace'))
    await writeCommitTests(repository, { tests, sha, dir: join(scratch, 'tests'), testCommand, runners })
    await writeFolder(scratch, {
      'task.toml': commitManifest({
        id,
        cluster: basename(repository.root),
        sources,
        testGlobs,
        ...(note && { description: note }),
      }),
      'instruction.md': await message(repository, sha),
      'environment/Dockerfile': DOCKERFILE,
      'solution/01.ts': oracle.script,
    })
    await chmod(scratch, 0o755)
    await rename(scratch, target)
  } catch (error) {
    await rm(scratch, { recursive: true, force: true })
    throw error
  }
  return { ...(await loadTask(target)), ...(note && { note }) }
}

function split(entries: readonly CommitEntry[], testGlobs: readonly string[], commit: string) {
  const odd = entries.find(({ modeBefore, modeAfter }) =>
    [modeBefore, modeAfter].some(mode => !/^(000000|100644|100755)$/.test(mode)),
  )
  if (odd)
    throw new UserError(
      'usage',
      `${commit}: ${odd.path} is a symlink or a submodule; expected changes to regular files only`,
    )
  const isTest = picomatch([...testGlobs], { dot: true })
  const tests = entries.filter(({ path }) => isTest(path))
  const sources = entries.filter(({ path }) => !isTest(path))
  if (!tests.some(({ modeAfter }) => modeAfter !== '000000'))
    throw new UserError(
      'usage',
      `${commit}: changes no test file (${testGlobs.join(', ')}); expected tests that fail without the commit, or other globs`,
    )
  if (sources.length === 0)
    throw new UserError('usage', `${commit}: changes only tests; expected a change that they check`)
  return { tests, sources }
}

async function readChange(
  repository: GitRepository,
  { path, modeBefore, modeAfter }: CommitEntry,
  { parent, sha }: { parent: string; sha: string },
): Promise<FileChange> {
  const before = modeBefore === '000000' ? undefined : await contentAt(repository, parent, path)
  const after = modeAfter === '000000' ? undefined : await contentAt(repository, sha, path)
  const wasExecutable = modeBefore === '100755'
  const changesMode = after !== undefined && wasExecutable !== (modeAfter === '100755')
  return defined({ path, before, after, isExecutable: changesMode ? !wasExecutable : undefined })
}

/** The scripts of the commit's package.json; none when it has none that can be read. */
async function packageScripts(repository: GitRepository, sha: string): Promise<Record<string, unknown>> {
  try {
    const manifest: unknown = JSON.parse((await contentAt(repository, sha, 'package.json')).toString())
    return asObject(asObject(manifest).scripts)
  } catch {
    return {}
  }
}

/** The parent's files without any history: an index of our own, so that the repository's is not touched. */
async function checkOut(repository: GitRepository, revision: string, dir: string): Promise<void> {
  await mkdir(dir, { recursive: true })
  const index = join(dirname(dir), '.index')
  await repository.git(['read-tree', revision], { GIT_INDEX_FILE: index })
  await repository.git(['checkout-index', '--all', `--prefix=${dir}/`], { GIT_INDEX_FILE: index })
  await rm(index, { force: true })
}

/** The commit's message without trailers: a first draft of what the agent is asked. */
async function message(repository: GitRepository, sha: string): Promise<string> {
  const text = (await repository.git(['log', '-1', '--format=%B', sha])).toString()
  const lines = text.split('\n').filter(line => !/^(Signed-off-by|Co-authored-by|Change-Id|Reviewed-by):/i.test(line))
  const trimmed = lines.join('\n').trim()
  return `${trimmed === '' ? 'Make the change that the hidden tests check.' : trimmed}\n`
}
