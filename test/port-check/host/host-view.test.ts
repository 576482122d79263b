import { constants, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createHostView } from '../../../src/port-check/host/host-view.ts'
import { createFolder } from '../../helpers/run-cli.ts'

test('paths are those of the machine; relative ones start in the folder or the given one', async () => {
  const folder = await createFolder({ 'a.txt': 'a', 'sub/b.txt': 'b' })
  symlinkSync('a.txt', join(folder, 'link'))
  const view = createHostView(folder)
  expect(await view.resolve('a.txt')).toEqual({ ok: true, value: join(folder, 'a.txt') })
  expect(await view.resolve('b.txt', { cwd: join(folder, 'sub') })).toEqual({
    ok: true,
    value: join(folder, 'sub/b.txt'),
  })
  expect(await view.resolve('/etc/hostname')).toEqual({ ok: true, value: '/etc/hostname' })
  expect(await view.resolve('link')).toEqual({ ok: true, value: join(folder, 'a.txt') })
  expect(await view.resolve('link', { keepLastLink: true })).toEqual({ ok: true, value: join(folder, 'link') })
  expect(view.toGuest(folder)).toBe(folder)
})

test('a file that cannot be opened is a failure with its reason', async () => {
  const folder = await createFolder({ 'a.txt': 'a' })
  const view = createHostView(folder)
  const opened = await view.open(join(folder, 'a.txt'), constants.O_RDONLY)
  if (!opened.ok) throw new Error(opened.error.message)
  expect(await opened.value.readFile('utf8')).toBe('a')
  await opened.value.close()
  expect(await view.open(join(folder, 'none'), constants.O_RDONLY)).toMatchObject({
    ok: false,
    error: { code: 'failed', message: expect.stringContaining('ENOENT') },
  })
})
