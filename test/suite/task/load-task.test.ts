import { chmodSync, cpSync, mkdirSync, renameSync, symlinkSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadTask } from '../../../src/suite/task/load-task.ts'
import { taskFiles, temporaryTree, userError, writeTree } from '../temporary-tree.ts'

function taskDir(changes: Parameters<typeof taskFiles>[0] = {}): string {
  const dir = join(temporaryTree(), 'my-task')
  writeTree(dir, taskFiles(changes))
  return dir
}

describe('a task folder', () => {
  test('of one step', async () => {
    const dir = taskDir()
    expect(await loadTask(dir)).toMatchObject({
      id: 'my-task',
      source: { kind: 'folder' },
      stratum: 'one',
      cluster: 'my-task',
      workspaceDir: join(dir, 'environment', 'workspace'),
      steps: [{ name: 'main', instruction: 'Do it.', testsDirs: [join(dir, 'tests')], solution: ['return 1\n'] }],
    })
  })

  test('of several steps: shared tests first, then the step’s own', async () => {
    const dir = taskDir({
      'task.toml': '[[steps]]\nname = "one"\n[[steps]]\nname = "two"\n',
      'steps/one/instruction.md': 'First.',
      'steps/one/solution/01.ts': 'a',
      'steps/two/instruction.md': 'Second.\r\n',
      'steps/two/tests/extra.txt': '',
    })
    const task = await loadTask(dir)
    expect(task.stratum).toBe('long')
    expect(task.steps).toEqual([
      { name: 'one', instruction: 'First.', testsDirs: [join(dir, 'tests')], solution: ['a'] },
      {
        name: 'two',
        instruction: 'Second.',
        testsDirs: [join(dir, 'tests'), join(dir, 'steps/two/tests')],
        solution: [],
      },
    ])
  })

  test('with many scripts keeps their numerical order', async () => {
    const scripts = Object.fromEntries([10, 2, 1].map(number => [`solution/${number}.ts`, `${number}`]))
    const { steps } = await loadTask(taskDir({ 'solution/01.ts': undefined, ...scripts }))
    expect(steps[0]?.solution).toEqual(['1', '2', '10'])
  })

  test('with a foreign solve.sh has an oracle that runs it', async () => {
    const { steps } = await loadTask(taskDir({ 'solution/01.ts': undefined, 'solution/solve.sh': 'echo "x"\n' }))
    expect(steps[0]?.solution).toEqual([`return await tools.exec({ command: ['bash', '-c', "echo \\"x\\"\\n"] })\n`])
  })
})

describe('its digest', () => {
  test('does not depend on where it lies or when it was written', async () => {
    const here = taskDir()
    const there = join(temporaryTree(), 'my-task')
    cpSync(here, there, { recursive: true })
    utimesSync(join(there, 'instruction.md'), 1, 1)
    expect((await loadTask(there)).digest).toBe((await loadTask(here)).digest)
  })

  test.each<[string, (dir: string) => void]>([
    ['bytes', dir => writeTree(dir, { 'environment/workspace/a.txt': 'b\n' })],
    ['a name', dir => renameSync(join(dir, 'environment/workspace/a.txt'), join(dir, 'environment/workspace/b.txt'))],
    ['a new file', dir => writeTree(dir, { 'tests/hidden.txt': '' })],
    ['an execute bit', dir => chmodSync(join(dir, 'environment/workspace/a.txt'), 0o755)],
    ['a symlink', dir => symlinkSync('a.txt', join(dir, 'environment/workspace/link'))],
  ])('changes with %s', async (_what, change) => {
    const dir = taskDir()
    const { digest } = await loadTask(dir)
    change(dir)
    expect((await loadTask(dir)).digest).not.toBe(digest)
  })

  test('does not change with the umask', async () => {
    const dir = taskDir()
    const { digest } = await loadTask(dir)
    chmodSync(join(dir, 'instruction.md'), 0o600)
    expect((await loadTask(dir)).digest).toBe(digest)
  })
})

test.each<[string, Parameters<typeof taskFiles>[0], RegExp]>([
  ['instruction', { 'instruction.md': undefined }, /instruction\.md: missing/],
  ['words in the instruction', { 'instruction.md': ' \n' }, /instruction\.md: empty/],
  ['test.sh', { 'tests/test.sh': undefined }, /tests\/test\.sh: missing/],
  ['workspace', { 'environment/workspace/a.txt': undefined }, /environment\/workspace: expected a folder/],
  ['step folder', { 'task.toml': '[[steps]]\nname = "one"\n' }, /steps\/one\/instruction\.md: missing/],
  ['proper script names', { 'solution/fix.ts': '' }, /solution\/fix\.ts: expected solution scripts called 01\.ts/],
  ['text', { 'instruction.md': Uint8Array.of(0xff, 0xfe) }, /instruction\.md: expected a readable file of UTF-8/],
  ['single container', { 'environment/docker-compose.yaml': '' }, /several containers/],
])('a folder without its %s is refused', async (_what, changes, expected) => {
  const { code, message } = await userError(loadTask(taskDir(changes)))
  expect(code).toBe('task-invalid')
  expect(message).toMatch(expected)
})

test('a folder name that is not a valid id is refused', async () => {
  const dir = join(temporaryTree(), 'my task')
  mkdirSync(dir)
  expect((await userError(loadTask(dir))).message).toMatch(/my task: the folder’s name is the task’s id/)
})
