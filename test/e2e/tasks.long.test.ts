import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { inlineTask } from '../helpers/inline-task.ts'
import { createFolder, runCli, runCliJson } from '../helpers/run-cli.ts'

interface Validation {
  ok: boolean
  validations: { task: string; isValid: boolean }[]
}

function commit(repo: string, message: string, files: Record<string, string>): string {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(repo, path)), { recursive: true })
    writeFileSync(join(repo, path), content)
  }
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], { cwd: repo, encoding: 'utf8' })
  git('add', '-A')
  git('commit', '-q', '-m', message)
  return git('rev-parse', 'HEAD').trim()
}

describe('tasks', () => {
  test('list --json gives id, stratum and source of each', async () => {
    const folder = await createFolder(inlineTask('one'))
    const { tasks } = await runCliJson<{ tasks: unknown[] }>(['tasks', 'list', '--dir', 'tasks'], { cwd: folder })
    expect(tasks).toEqual([{ id: 'one', stratum: 'few', source: 'folder' }])
  })

  test('validate proves a sound task and rejects one that nop solves or whose oracle is wrong', async () => {
    const folder = await createFolder({
      ...inlineTask('sound'),
      ...inlineTask('too-easy'),
      ...inlineTask('wrong-oracle'),
      'tasks/too-easy/tests/test.sh': 'mkdir -p "$LOGS_DIR/verifier"; echo 1 > "$LOGS_DIR/verifier/reward.txt"\n',
      'tasks/wrong-oracle/solution/01.ts': 'return 1\n',
    })
    const result = await runCli(['tasks', 'validate', '--dir', 'tasks', '--json'], { cwd: folder })
    expect(result.exitCode).toBe(1)
    const { validations } = JSON.parse(result.stdout) as Validation
    expect(validations.map(({ task, isValid }) => [task, isValid])).toEqual([
      ['sound', true],
      ['too-easy', false],
      ['wrong-oracle', false],
    ])
  })

  test('a new task validates as created, and init makes a suite that runs', async () => {
    const folder = await createFolder()
    expect((await runCli(['tasks', 'new', 'mine', '--dir', 'tasks'], { cwd: folder })).exitCode).toBe(0)
    const { ok } = await runCliJson<Validation>(['tasks', 'validate', 'mine', '--dir', 'tasks'], { cwd: folder })
    expect(ok).toBe(true)
    expect((await runCli(['init', 'bench'], { cwd: folder })).exitCode).toBe(0)
    const run = await runCli(['run', 'bench/suite.yaml', '--out', 'run'], { cwd: folder })
    expect(run.stderr + run.stdout).toContain('trials finished')
    expect(run.exitCode).toBe(0)
  })

  test('a commit becomes a task: its parent is the workspace, its test hidden, the rest the oracle', async () => {
    const repo = await createFolder()
    execFileSync('git', ['init', '-q'], { cwd: repo })
    const test = (wanted: number) =>
      `import assert from 'node:assert'\nimport { double } from '../src/double.js'\nassert.equal(double(4), ${wanted})\n`
    commit(repo, 'start', {
      'src/double.js': 'export const double = n => n + 2\n',
      'package.json': '{"type":"module"}\n',
    })
    const sha = commit(repo, 'double: doubles every number', {
      'src/double.js': 'export const double = n => n * 2\n',
      'test/double.test.js': test(8),
    })
    const folder = await createFolder()
    const made = await runCli(
      ['tasks', 'from-commit', repo, sha, '--test', 'node test/double.test.js', '--id', 'double', '--out', 'tasks'],
      { cwd: folder },
    )
    expect(made.stderr).toBe('')
    expect(made.stdout).toContain('1 of 1 tasks are proven')
    expect(made.exitCode).toBe(0)
    const shown = await runCli(['tasks', 'show', 'double', '--dir', 'tasks'], { cwd: folder })
    expect(shown.stdout).toContain('double')
  })

  test('a task whose program is missing here is left out, and said to be', async () => {
    const folder = await createFolder({
      ...inlineTask('one'),
      ...inlineTask('needs-cobol'),
      'suite.yaml': '{"tasksDir": "tasks", "models": ["oracle"]}',
    })
    const file = join(folder, 'tasks/needs-cobol/task.toml')
    writeFileSync(file, '[metadata.scriptbench]\ncluster = "c"\nstratum = "one"\nrequires = ["cobc-not-here"]\n')
    const { stderr, exitCode } = await runCli(['run', 'suite.yaml', '--out', 'run'], { cwd: folder })
    expect(exitCode).toBe(0)
    expect(stderr).toContain('left out: needs-cobol (needs cobc-not-here, not found on PATH)')
  })
})
