import { relative } from 'node:path'
import { expect, test } from 'vitest'
import { importedFiles } from '../../../src/port-check/comparison/imported-files.ts'
import { folderWith } from '../../helpers/folders.ts'

async function importedFrom(start: string, files: Record<string, string>): Promise<string[]> {
  const folder = await folderWith(files)
  return (await importedFiles(`${folder}/${start}`)).map(file => relative(folder, file)).sort()
}

test('local files are followed in every form of loading, in circles too', async () => {
  const found = await importedFrom('a.ts', {
    'a.ts': `import { b } from './b.ts'\nimport './effect.js'\nexport * from './re.ts'\nconst w = new URL('./worker.mjs', import.meta.url)`,
    'b.ts': `import {\n  a,\n} from './a.ts'\nconst lazy = await import('./lazy/index.js')`,
    'effect.ts': `const c = require('./plain')`,
    're.ts': '',
    'worker.mjs': '',
    'plain.cjs': '',
    'lazy/index.js': '',
    'stranger.ts': '',
  })
  expect(found).toEqual(['a.ts', 'b.ts', 'effect.ts', 'lazy/index.js', 'plain.cjs', 're.ts', 'worker.mjs'])
})

test('types, packages and files that are not there are not', async () => {
  const a = `import type { T } from './types.ts'\nimport { z } from 'zod'\nimport './gone.ts'`
  expect(await importedFrom('a.ts', { 'a.ts': a, 'types.ts': '' })).toEqual(['a.ts'])
})

test('Python modules beside a file are', async () => {
  const found = await importedFrom('pack/a.py', {
    'pack/a.py': 'import json\nimport b\nfrom .c import x\nfrom ..d.e import y\n',
    'pack/b.py': '',
    'pack/c/__init__.py': '',
    'd/e.py': '',
  })
  expect(found).toEqual(['d/e.py', 'pack/a.py', 'pack/b.py', 'pack/c/__init__.py'])
})
