import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findTasks, listTasks } from '../../../src/run/single/find-tasks.ts'
import { folderWith } from '../../helpers/folders.ts'
import { inlineSuite, inlineTask } from '../../helpers/inline-task.ts'

const OWN_TASKS = join(import.meta.dirname, '..', '..', '..', 'fixtures', 'tasks')

async function twoTasks(): Promise<string> {
  return folderWith({ ...inlineTask('one'), ...inlineTask('two'), 'suite.yaml': inlineSuite({ tasks: ['one'] }) })
}

const idsOf = (tasks: readonly { id: string }[]) => tasks.map(({ id }) => id)

test('by default, the tasks that come with scriptbench', async () => {
  const folders = (await readdir(OWN_TASKS, { withFileTypes: true })).filter(entry => entry.isDirectory())
  expect(idsOf(await findTasks({ glob: undefined }))).toEqual(folders.map(({ name }) => name).sort())
})

test('those of a folder, narrowed by a glob', async () => {
  const dir = join(await twoTasks(), 'tasks')
  expect(idsOf(await findTasks({ glob: undefined, dir }))).toEqual(['one', 'two'])
  expect(idsOf(await findTasks({ glob: 't*', dir }))).toEqual(['two'])
  await expect(findTasks({ glob: 'three', dir })).rejects.toThrow('three')
})

test('those of a suite, where a glob replaces the suite’s own', async () => {
  const suite = join(await twoTasks(), 'suite.yaml')
  expect(idsOf(await findTasks({ glob: undefined, suite }))).toEqual(['one'])
  expect(idsOf(await findTasks({ glob: 'two', suite }))).toEqual(['two'])
  expect(idsOf(await listTasks({ glob: 'two', suite }))).toEqual(['two'])
})
