import { join } from 'node:path'
import { expect, test } from 'vitest'
import { MODES } from '../../../src/contracts/arm.ts'
import { findTasks } from '../../../src/run/single/find-tasks.ts'
import { validateTasks } from '../../../src/run/single/validate-tasks.ts'
import { folderWith } from '../../helpers/folders.ts'
import { inlineTask } from '../../helpers/inline-task.ts'

async function validate(files: Record<string, string>, signal = new AbortController().signal) {
  const dir = join(await folderWith({ ...inlineTask('one'), ...inlineTask('two'), ...files }), 'tasks')
  const seen: string[] = []
  const validations = await validateTasks({
    tasks: await findTasks({ glob: undefined, dir }),
    repeats: 1,
    sandbox: 'none',
    onTask: ({ task }) => seen.push(task),
    signal,
  })
  return { validations, seen: seen.sort() }
}

test('a sound task is valid, one whose solution does nothing is not', async () => {
  const { validations, seen } = await validate({ 'tasks/two/solution/01.ts': 'return 1\n' })
  expect(seen).toEqual(['one', 'two'])
  expect(validations.map(({ task, isValid }) => [task, isValid])).toEqual([
    ['one', true],
    ['two', false],
  ])
  const [sound, broken] = validations
  expect(sound?.proofs.map(({ player, mode, outcomes }) => [player, mode, outcomes[0]?.kind])).toEqual([
    ...MODES.map(mode => ['oracle', mode, 'solved']),
    ['nop', MODES[0], 'unsolved'],
  ])
  expect(broken?.proofs.map(proof => proof.isUnanimous)).toEqual([false, false, false, false, true])
})

test('a task that is solved by doing nothing is not valid', async () => {
  const lax = 'mkdir -p "$LOGS_DIR/verifier"; echo 1 > "$LOGS_DIR/verifier/reward.txt"\n'
  const { validations } = await validate({ 'tasks/one/tests/test.sh': lax })
  const [one] = validations
  expect(one).toMatchObject({ task: 'one', isValid: false })
  expect(one?.proofs.at(-1)).toMatchObject({ player: 'nop', isUnanimous: false, outcomes: [{ kind: 'solved' }] })
})

test('after an interruption no task is started', async () => {
  expect(await validate({}, AbortSignal.abort())).toEqual({ validations: [], seen: [] })
})
