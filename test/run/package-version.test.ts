import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { packageVersion } from '../../src/run/package-version.ts'

test('the version is that of package.json', async () => {
  const text = await readFile(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8')
  expect(JSON.parse(text)).toMatchObject({ version: packageVersion() })
})
