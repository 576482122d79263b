import { join } from 'node:path'
import { expect, test } from 'vitest'
import { suiteJsonSchema } from '../../src/suite/suite-json-schema.ts'

test('suites/suite.schema.json is current (after a change: vitest run test/suite -u)', async () => {
  const file = join(import.meta.dirname, '..', '..', 'suites', 'suite.schema.json')
  await expect(`${JSON.stringify(suiteJsonSchema(), null, 2)}\n`).toMatchFileSnapshot(file)
})
