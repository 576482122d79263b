import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createFolder, runCli } from '../helpers/run-cli.ts'

test('scriptbench script --type-check block says what is wrong and runs nothing', async () => {
  const source = "const r = await tools.readFile({ filePath: 'a.txt' })\nreturn r.contents"
  const folder = await createFolder({ 'a.txt': 'hello\n', 'program.ts': source })
  const flags = ['--workspace', folder, '--sandbox', 'none', '--type-check', 'block']
  const { stdout } = await runCli(['script', join(folder, 'program.ts'), ...flags])
  expect(stdout).toContain("type problem at 2:10: Property 'contents' does not exist")
  expect(stdout).toContain('> 2 | return r.contents\n    |          ^')
  expect(stdout).toContain('The program did not run.\n0 calls')
})
