import { expect, test } from 'vitest'
import { loadTasks } from '../../../src/suite/task/load-tasks.ts'
import { taskFiles, temporaryTree, userError } from '../temporary-tree.ts'

function tasksDir(...ids: string[]): string {
  const files = ids.flatMap(id =>
    Object.entries(taskFiles()).map(([path, content]) => [`${id}/${path}`, content] as const),
  )
  return temporaryTree({ ...Object.fromEntries(files), 'shared/notes.md': 'no task' })
}

async function ids(globs: string[], dir = tasksDir('csv-quotes', 'csv-rows', 'todo')): Promise<string[]> {
  return (await loadTasks({ tasksDir: dir, globs })).map(({ id }) => id)
}

test.each([
  [['*'], ['csv-quotes', 'csv-rows', 'todo']],
  [['csv-*'], ['csv-quotes', 'csv-rows']],
  [
    ['todo', 'csv-rows'],
    ['csv-rows', 'todo'],
  ],
  [['*', '!csv-*'], ['todo']],
  [['!todo'], ['csv-quotes', 'csv-rows']],
  [['{todo,csv-rows}'], ['csv-rows', 'todo']],
])('%j selects %j', async (globs, expected) => {
  expect(await ids(globs)).toEqual(expected)
})

test('a glob without a match names the nearest ids', async () => {
  const { code, message } = await userError(ids(['csv-quote']))
  expect(code).toBe('task-invalid')
  expect(message).toMatch(/"csv-quote" matches no tasks in .*; nearest: csv-quotes/)
})

test('a folder that is not there is named', async () => {
  expect(await userError(ids(['*'], '/no/such/folder'))).toMatchObject({ code: 'file-not-found' })
})

test('a folder without tasks says so', async () => {
  expect((await userError(ids(['*'], tasksDir()))).message).toMatch(/has no tasks/)
})
