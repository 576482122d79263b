import { expect, test } from 'vitest'
import { hasBinaryHandler } from '../../../src/tools/exec/has-binary-handler.ts'
import { folderWith } from '../../helpers/folders.ts'

/** As the kernel shows them. */
const HANDLERS = {
  jar: 'enabled\ninterpreter /usr/bin/jexec\nflags: \nextension .jar\n',
  wine: 'enabled\ninterpreter /usr/bin/wine\nflags: \noffset 0\nmagic 4d5a\n',
  masked: 'enabled\ninterpreter /usr/bin/any\nflags: OC\noffset 2\nmagic aa00bb\nmask fff0ff\n',
  asleep: 'disabled\ninterpreter /usr/bin/no\nflags: \noffset 0\nmagic 2a2a\n',
}

/** Whether there is one for a file with this name and these bytes at its beginning. */
async function isHandled(name: string, bytes: string, files: Record<string, string> = { status: 'enabled\n' }) {
  const head = Buffer.alloc(256)
  head.write(bytes, 'hex')
  return hasBinaryHandler({ name, head }, await folderWith({ ...HANDLERS, ...files }))
}

test('a file is handled by its extension, or by its first bytes as far as the mask reaches', async () => {
  expect(await isHandled('/a/tool.jar', '504b')).toBe(true)
  expect(await isHandled('/a/tool', '4d5a90')).toBe(true)
  expect(await isHandled('/a/tool', '0000aa07bb')).toBe(true)
})

test('any other is not', async () => {
  expect(await isHandled('/a/jar', '00')).toBe(false)
  expect(await isHandled('/a/tool', '4d5b')).toBe(false)
  expect(await isHandled('/a/tool', '0000aa17bb')).toBe(false)
  expect(await isHandled('/a/tool', '0000aa07bc')).toBe(false)
})

test('a handler that is switched off handles nothing', async () => {
  expect(await isHandled('/a/tool', '2a2a')).toBe(false)
  expect(await isHandled('/a/tool', '4d5a', { status: 'disabled\n' })).toBe(false)
})

test('where the kernel shows none there is none', async () => {
  expect(await isHandled('/a/tool', '4d5a', {})).toBe(false)
  expect(await hasBinaryHandler({ name: 'a', head: Buffer.alloc(256) }, '/nowhere')).toBe(false)
})
