import { join } from 'node:path'
import { expect, test } from 'vitest'
import { locateTools } from '../../../src/port-check/host/locate-tools.ts'
import { loadPortModule } from '../../../src/port-check/host/port-module.ts'
import { folderWith } from '../../helpers/folders.ts'

const tool = (name: string, run: string) => `{ name: '${name}', input: {}, run: ${run}, render: String }`

test('a tool is where its function is written, however it is exported', async () => {
  const folder = await folderWith({
    'port.mjs': `import { list, read } from './deep/tools.mjs'
      export const createTools = () => [list, ${tool('readFile', 'read.bind(null)')}, ${tool('exec', 'async () => 1')}, ${tool('grepFiles', 'Math.max')}]
      export { analyseShellCommand } from './deep/heredoc.mjs'`,
    'deep/tools.mjs': `export const list = ${tool('listDir', 'async () => 1')}; export async function read() {}`,
    'deep/heredoc.mjs': `export function analyseShellCommand() {}`,
  })
  expect(await locateTools(await loadPortModule(join(folder, 'port.mjs')), '0.55')).toEqual({
    listDir: join(folder, 'deep/tools.mjs'),
    readFile: join(folder, 'deep/tools.mjs'),
    exec: join(folder, 'port.mjs'),
    heredoc: join(folder, 'deep/heredoc.mjs'),
  })
})
