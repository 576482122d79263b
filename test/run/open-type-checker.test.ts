import { expect, test } from 'vitest'
import { openTypeChecker, startTypeChecker } from '../../src/run/open-type-checker.ts'
import { createTypeChecker } from '../../src/type-check/create-type-checker.ts'
import { folderWith } from '../helpers/folders.ts'
import { DEFAULT_ARM } from '../helpers/trial-events.ts'

test('a checker is started only for programs that are to be checked', async () => {
  expect(await openTypeChecker([{ arm: { ...DEFAULT_ARM, mode: 'script-tool' } }])).toBeUndefined()
  expect(
    await openTypeChecker([{ arm: { ...DEFAULT_ARM, mode: 'structured-parallel', typeCheck: 'block' } }]),
  ).toBeUndefined()
})

test('where TypeScript is not installed, the user is told what to do before anything runs', async () => {
  const lacking = createTypeChecker({ folders: [await folderWith({})] })
  await expect(startTypeChecker(lacking)).rejects.toMatchObject({
    name: 'UserError',
    code: 'requirement-missing',
    message: expect.stringContaining('npm i -D typescript-5.9@npm:typescript@5.9'),
  })
})
