import { execFileSync } from 'node:child_process'
import { mkdir, symlink, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readReward } from '../../../src/run/trial/read-reward.ts'
import { folderWith } from '../../helpers/folders.ts'

const logsWith = (files: Record<string, string>) => folderWith({ 'verifier/output.txt': '', ...files })

test('an object of numbers gives its clauses', async () => {
  const logs = await logsWith({ 'verifier/reward.json': '{"a": 1, "b": 0.5, "__proto__": -1}' })
  const reward = await readReward(logs)
  expect(reward.ok && Object.entries(reward.clauses)).toEqual([
    ['a', 1],
    ['b', 0.5],
    ['__proto__', -1],
  ])
})

test('one number gives one clause, and the object is preferred to it', async () => {
  expect(await readReward(await logsWith({ 'verifier/reward.txt': ' 1\n' }))).toEqual({
    ok: true,
    clauses: { reward: 1 },
  })
  const both = await logsWith({ 'verifier/reward.txt': '1', 'verifier/reward.json': '{"a": 0}' })
  expect(await readReward(both)).toEqual({ ok: true, clauses: { a: 0 } })
})

test.each([
  '{}',
  '[]',
  'null',
  '1',
  '{"a": "1"}',
  '{"a": {"b": 1}}',
  '{"a": true}',
  '{"a": null}',
  '{"a": 1e999}',
  '{"a": NaN}',
  '',
])('reward.json with %s is no reward', async text => {
  expect(await readReward(await logsWith({ 'verifier/reward.json': text }))).toMatchObject({ ok: false })
})

test.each(['', ' ', 'yes', '1e999', 'NaN', '1 1'])('reward.txt with "%s" is no reward', async text => {
  expect(await readReward(await logsWith({ 'verifier/reward.txt': text }))).toMatchObject({ ok: false })
})

test('a test that wrote nothing is said so', async () => {
  expect(await readReward(await logsWith({}))).toEqual({
    ok: false,
    problem: 'it wrote no reward.json and no reward.txt',
  })
})

test('a link out of the logs is refused, and nothing of its target is quoted', async () => {
  const secret = join(await folderWith({ secret: 'root:x:0:0' }), 'secret')
  const logs = await logsWith({})
  await symlink(secret, join(logs, 'verifier', 'reward.json'))
  const reward = await readReward(logs)
  expect(reward).toMatchObject({ ok: false })
  expect(JSON.stringify(reward)).not.toContain('root')
})

test('a folder of logs that was replaced by a link is refused', async () => {
  const elsewhere = await folderWith({ 'reward.json': '{"a": 1}' })
  const logs = await folderWith({ 'x.txt': '' })
  await symlink(elsewhere, join(logs, 'verifier'))
  expect(await readReward(logs)).toMatchObject({ ok: false })
})

test('a pipe, a folder, a device and a giant are refused without waiting', async () => {
  const fifo = await logsWith({})
  execFileSync('mkfifo', [join(fifo, 'verifier', 'reward.json')])
  expect(await readReward(fifo)).toMatchObject({ ok: false })
  const folder = await logsWith({})
  await mkdir(join(folder, 'verifier', 'reward.json'))
  expect(await readReward(folder)).toMatchObject({ ok: false })
  const giant = await logsWith({})
  await writeFile(join(giant, 'verifier', 'reward.json'), '{')
  await truncate(join(giant, 'verifier', 'reward.json'), 10 ** 12)
  expect(await readReward(giant)).toMatchObject({ ok: false, problem: expect.stringContaining('larger') })
})
