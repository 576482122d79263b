import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createFolder } from '../../helpers/run-cli.ts'
import type { Mutation } from './mutation.ts'
import { copySources } from './source-tree.ts'

const SOURCE = join(import.meta.dirname, '../../../src/tools/list-dir/list-dir.ts')

test('a mutant is made in the copy only, and taken back', async () => {
  const unchanged = await readFile(SOURCE, 'utf8')
  const tree = copySources(join(await createFolder({}), 'copy'))
  const copied = join(tree.sourcesDir, 'tools/list-dir/list-dir.ts')
  const mutation = { file: 'tools/list-dir/list-dir.ts', start: 0, end: 6, replacement: 'export' } as Mutation
  tree.mutate(mutation)
  expect(await readFile(copied, 'utf8')).toBe(`export${unchanged.slice(6)}`)
  expect(await readFile(SOURCE, 'utf8')).toBe(unchanged)
  tree.restore(mutation)
  expect(await readFile(copied, 'utf8')).toBe(unchanged)
})
