import { join } from 'node:path'
import { expect, test } from 'vitest'
import { recordableCorpora } from '../../../src/port-check/record/recordable-corpora.ts'
import { createFolder } from '../../helpers/run-cli.ts'

test('corpora are chosen by the kind in their header, if it is wanted and can be recorded', async () => {
  const header = (corpus: string) => `${JSON.stringify({ _header: true, corpus })}\n{"id":"a"}\n`
  const folder = await createFolder({
    'patch.jsonl': header('apply_patch'),
    'list.jsonl': header('list_dir'),
    'other.jsonl': header('nothing we know'),
  })
  const files = ['patch.jsonl', 'list.jsonl', 'other.jsonl'].map(name => join(folder, name))
  expect(await recordableCorpora(files, () => true)).toEqual(files.slice(0, 2))
  expect(await recordableCorpora(files, ({ tool }) => tool === 'listDir')).toEqual([files[1]])
  expect(await recordableCorpora(files, () => false)).toEqual([])
})
