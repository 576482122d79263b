// Covers: log/replace-file.ts

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readManifest, writeManifest } from '../../src/log/manifest.ts'
import { manifestOf } from '../helpers/manifest.ts'

let dir = ''
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'scriptbench-manifest-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const fileOf = () => join(dir, 'run', 'manifest.json')

test('what was written is read back', async () => {
  const manifest = manifestOf({ trialsPlanned: 12 })
  expect(await writeManifest(fileOf(), manifest)).toEqual({ ok: true, value: undefined })
  expect(await readManifest(fileOf())).toEqual({ ok: true, value: manifest })
})

test('rewriting leaves one file', async () => {
  await Promise.all([1, 2, 3].map(trialsPlanned => writeManifest(fileOf(), manifestOf({ trialsPlanned }))))
  expect(readdirSync(join(dir, 'run'))).toEqual(['manifest.json'])
  expect(await readManifest(fileOf())).toMatchObject({ ok: true })
})

test.each([
  ['no file', undefined, 'missing', 'no such file'],
  ['no JSON', '{', 'corrupt', 'not JSON'],
  ['a lacking field', '{"manifestVersion":1}', 'corrupt', 'suite'],
  ['a newer version', '{"manifestVersion":9}', 'newer-version', 'manifest version 9'],
  ['null', 'null', 'corrupt', 'not a valid run manifest (the file: '],
])('%s is refused with the reason', async (_name, text, kind, words) => {
  const file = join(dir, 'manifest.json')
  if (text !== undefined) writeFileSync(file, text)
  const read = await readManifest(file)
  expect(read).toMatchObject({ ok: false, error: { kind, message: expect.stringContaining(words) } })
})
