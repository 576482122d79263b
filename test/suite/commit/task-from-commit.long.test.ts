// Covers: suite/commit/

import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type CommitTaskOptions, taskFromCommit } from '../../../src/suite/commit/task-from-commit.ts'
import { runStandalone } from '../../../src/tools/apply-patch/run-standalone.ts'
import { temporaryTree, userError, writeTree } from '../temporary-tree.ts'
import { verdictOf } from '../verdict.ts'

function git(repo: string, ...args: string[]): string {
  const identity = ['-c', 'user.name=x', '-c', 'user.email=x@example.org', '-c', 'commit.gpgsign=false']
  return execFileSync('git', [...identity, ...args], { cwd: repo, encoding: 'utf8' }).trim()
}

function commitAll(repo: string, message: string): string {
  git(repo, 'add', '-A')
  git(repo, 'commit', '-q', '--allow-empty', '-m', message)
  return git(repo, 'rev-parse', 'HEAD')
}

const BEFORE = {
  'package.json': '{"type":"module"}\n',
  'src/sum.js': 'export const sum = (a, b) => a - b\n',
  'src/old.js': 'export const old = 1\n',
  'test/old.test.js': 'process.exit(1)\n',
}
const AFTER = {
  'src/sum.js': 'export const sum = (a, b) => a + b\n',
  'test/sum.test.js': "import { sum } from '../src/sum.js'\nif (sum(2, 2) !== 4 || sum(1, 2) !== 3) process.exit(1)\n",
}

/** A repository of two commits: the second fixes `sum`, tests it and deletes `src/old.js` with its test. */
function repository(extra: Record<string, string | Uint8Array> = {}): string {
  const repo = temporaryTree(BEFORE)
  git(repo, 'init', '-q', '-b', 'main')
  commitAll(repo, 'begin')
  writeTree(repo, { ...AFTER, ...extra })
  rmSync(join(repo, 'src/old.js'))
  rmSync(join(repo, 'test/old.test.js'))
  commitAll(repo, 'sum adds\n\nIt subtracted.\n\nSigned-off-by: x <x@example.org>')
  return repo
}

const TEST_COMMAND = 'for file in test/*.js; do node "$file" || exit 1; done'

function take(repo: string, options: Partial<CommitTaskOptions> = {}) {
  return taskFromCommit({
    repo,
    commit: 'HEAD',
    testCommand: TEST_COMMAND,
    outDir: temporaryTree(),
    id: 'sum',
    ...options,
  })
}

describe('a commit becomes a task', () => {
  test('whose workspace is the parent, without history or the commit’s tests', async () => {
    const { workspaceDir, steps, touches } = await take(repository())
    expect(readFileSync(join(workspaceDir, 'src/sum.js'), 'utf8')).toBe(BEFORE['src/sum.js'])
    expect(readdirSync(workspaceDir).sort()).toEqual(['package.json', 'src', 'test'])
    expect(existsSync(join(workspaceDir, 'test/sum.test.js'))).toBe(false)
    expect(steps[0]?.instruction).toBe('sum adds\n\nIt subtracted.')
    expect(touches).toEqual(['src/old.js', 'src/sum.js'])
  })

  test('that nop leaves unsolved and the oracle solves', async () => {
    const task = await take(repository())
    const workspace = join(temporaryTree(), 'workspace')
    cpSync(task.workspaceDir, workspace, { recursive: true })
    expect(verdictOf(task, workspace)).toEqual({ tests: 0 })
    const patch = /patch: `([^`]+)`/.exec(task.steps[0]?.solution[0] ?? '')?.[1] ?? ''
    expect(await runStandalone({ patch, cwd: workspace })).toMatchObject({ exitCode: 0 })
    expect(existsSync(join(workspace, 'src/old.js'))).toBe(false)
    expect(verdictOf(task, workspace)).toEqual({ tests: 1 })
  })

  test('leaves the repository as it was', async () => {
    const repo = repository()
    writeTree(repo, { 'staged.txt': 'x' })
    git(repo, 'add', 'staged.txt')
    const status = git(repo, 'status', '--porcelain')
    await take(repo)
    expect(git(repo, 'status', '--porcelain')).toBe(status)
  })

  test('with renames, execute bits and binary files', async () => {
    const repo = repository({
      'bin/tool.sh': '#!/bin/sh\n',
      'data.bin': Buffer.of(0, 1, 2),
      'test/data.bin': Buffer.of(0, 3),
    })
    renameSync(join(repo, 'src/sum.js'), join(repo, 'src/add.js'))
    chmodSync(join(repo, 'package.json'), 0o755)
    writeTree(repo, { 'data.bin': Buffer.of(0, 9), 'test/data.bin': Buffer.of(0, 4) })
    commitAll(repo, 'rename')
    const { steps } = await take(repo)
    const script = steps[0]?.solution[0]
    expect(script).toContain('*** Add File: src/add.js')
    expect(script).toContain('*** Delete File: src/sum.js')
    expect(script).toContain('["chmod","+x","package.json"]')
    expect(script).toContain(Buffer.of(0, 9).toString('base64'))
    expect(readFileSync(join(steps[0]?.testsDirs[0] ?? '', 'files/test/data.bin'))).toEqual(Buffer.of(0, 4))
  })

  test('named after the repository and the commit by default', async () => {
    const repo = repository()
    const { id: _id, ...options } = { repo, commit: 'HEAD', testCommand: 'true', outDir: temporaryTree(), id: '' }
    expect((await taskFromCommit(options)).id).toMatch(/^scriptbench-suite-\w+-[0-9a-f]{8}$/)
  })

  test('with its test command as written, quotes included', async () => {
    const task = await take(repository(), { testCommand: `test "it's" = 'it'"'"'s'` })
    expect(verdictOf(task, task.workspaceDir)).toEqual({ tests: 1 })
  })
})

describe('the check of a task from a commit', () => {
  const MENDED = AFTER['src/sum.js']
  const NODE_TEST = `import { test } from 'node:test'
import { equal } from 'node:assert'
import { sum } from '../src/sum.js'
test('one and one', () => equal(sum(1, 1), 2))
test('two and two', () => equal(sum(2, 2), 4))
`

  async function verdictWith(source: string, options: Partial<CommitTaskOptions> = {}) {
    const repo = repository({ 'test/sum.test.js': NODE_TEST })
    const task = await take(repo, { testCommand: 'node --test', ...options })
    const workspace = join(temporaryTree(), 'workspace')
    cpSync(task.workspaceDir, workspace, { recursive: true })
    writeTree(workspace, { 'src/sum.js': source })
    return { note: task.note, verdict: verdictOf(task, workspace) }
  }

  test.each(['node --test', 'node --test --test-reporter=tap'])('counts the tests of %s', async testCommand => {
    expect(await verdictWith(MENDED, { testCommand })).toEqual({ note: undefined, verdict: { tests: 1 } })
    expect((await verdictWith(BEFORE['src/sum.js'], { testCommand })).verdict).toEqual({ tests: 0 })
  })

  test.each([
    ['when it is loaded', 'process.exit(0)\nexport const sum = () => 0\n'],
    ['in the first test', 'export const sum = () => process.exit(0)\n'],
    ['in a later test', 'export const sum = (a, b) => (a === 1 ? 2 : process.reallyExit(0))\n'],
  ])('does not keep its clause for code that exits with 0 %s', async (_when, source) => {
    for (const testCommand of ['node --test', 'node --test --test-reporter=tap'])
      expect((await verdictWith(source, { testCommand })).verdict, testCommand).toEqual({ tests: 0 })
  })

  test('says when only the exit code decides', async () => {
    const { note } = await take(repository())
    expect(note).toMatch(/only its exit code decides/)
  })
})

describe('what cannot become a task is refused', () => {
  async function refusal(repo: string, options: Partial<CommitTaskOptions> = {}): Promise<string> {
    const { code, message } = await userError(take(repo, options))
    expect(code).toBe('usage')
    return message
  }

  test('a folder that is not a repository', async () => {
    expect(await refusal(temporaryTree())).toMatch(/not a git repository/)
  })

  test('a folder that is not there', async () => {
    expect(await userError(take('/no/such/folder'))).toMatchObject({ code: 'file-not-found' })
  })

  test.each(['deadbeef', '--help', 'HEAD:package.json', ''])('the commit %j', async commit => {
    expect(await refusal(repository(), { commit })).toMatch(/no such commit/)
  })

  test('a root commit', async () => {
    expect(await refusal(repository(), { commit: 'HEAD~1' })).toMatch(/root commit/)
  })

  test('a merge', async () => {
    const repo = repository()
    git(repo, 'checkout', '-q', '-b', 'side', 'HEAD~1')
    commitAll(repo, 'side')
    git(repo, 'merge', '-q', '--no-ff', '-m', 'merge', 'main')
    expect(await refusal(repo)).toMatch(/several parents/)
  })

  test('a commit without tests', async () => {
    const repo = repository()
    writeTree(repo, { 'src/sum.js': '' })
    commitAll(repo, 'no tests')
    expect(await refusal(repo)).toMatch(/changes no test file/)
  })

  test('a commit of tests alone', async () => {
    const repo = repository()
    writeTree(repo, { 'test/more.test.js': '' })
    commitAll(repo, 'only tests')
    expect(await refusal(repo)).toMatch(/changes only tests/)
  })

  test('a symlink', async () => {
    const repo = repository()
    writeTree(repo, { 'test/more.test.js': '' })
    symlinkSync('src', join(repo, 'link'))
    commitAll(repo, 'link')
    expect(await refusal(repo)).toMatch(/link is a symlink/)
  })

  test('a file too large for a script', async () => {
    const repo = repository()
    writeTree(repo, { 'test/more.test.js': '', 'big.bin': Buffer.alloc(200_000) })
    commitAll(repo, 'big')
    expect(await refusal(repo)).toMatch(/big\.bin is too large/)
  })

  test('a place that is taken, and nothing half-made stays behind', async () => {
    const outDir = temporaryTree({ 'sum/x': '' })
    expect(await refusal(repository(), { outDir })).toMatch(/already exists/)
    expect(readdirSync(outDir)).toEqual(['sum'])
  })
})
