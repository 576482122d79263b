import { readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createFolder, PROJECT_ROOT, runCli } from '../helpers/run-cli.ts'

/** A port of listDir as a user could have written it, for one level only. */
const TOY = `import { readdirSync } from 'node:fs'

export function listFolder(folder, limit) {
  const entries = readdirSync(folder, { withFileTypes: true })
  const names = entries.map(entry => entry.name + (entry.isDirectory() ? '/' : '')).sort()
  const more = names.length > limit ? ['More than ' + limit + ' entries found'] : []
  return ['Absolute path: ' + folder, ...names.slice(0, limit), ...more].join('\\n')
}
`

const tree = { 'a.txt': { f: '' }, 'sub/b.txt': { f: '' } }
const listing = (id: string, args: object, output: string) => ({ id, tree: 't', tags: ['page'], args, output })
const CASES = [
  { _header: true, corpus: 'list_dir', trees: { t: { tree } } },
  listing('flat', { dir_path: '{{CWD}}', depth: 1 }, 'Absolute path: {{CWD}}\na.txt\nsub/'),
  listing(
    'page',
    { dir_path: '{{CWD}}', depth: 1, limit: 1 },
    'Absolute path: {{CWD}}\na.txt\nMore than 1 entries found',
  ),
  listing('deep', { dir_path: '{{CWD}}' }, 'Absolute path: {{CWD}}\na.txt\nsub/\n  b.txt'),
]

test('ports init: from a toy port to a baseline that catches what gets worse', async () => {
  const cwd = await createFolder({
    'src/list-folder.mjs': TOY,
    'cases.jsonl': CASES.map(one => JSON.stringify(one)).join('\n'),
  })
  await symlink(join(PROJECT_ROOT, 'node_modules'), join(cwd, 'node_modules'))
  const made = await runCli(['ports', 'init', '--tool', 'listDir'], { cwd })
  expect(made).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('made ports/adapter.mts') })
  const command = /^\d\. npx scriptbench (ports check --port .*)$/m.exec(made.stdout)?.[1] ?? ''
  const check = (...more: string[]) => runCli([...command.split(' '), '--corpus', 'cases.jsonl', ...more], { cwd })

  const adapter = join(cwd, 'ports/adapter.mts')
  const connected = (await readFile(adapter, 'utf8'))
    .replace("import { z } from 'zod'", "import { z } from 'zod'\nimport { listFolder } from '../src/list-folder.mjs'")
    .replace('_input', 'input')
    .replace("throw new Error('listDir is not connected yet')", 'return listFolder(input.dirPath, input.limit)')
  await writeFile(adapter, connected)
  const before = await check('--json')
  expect(before.exitCode).toBe(2)
  expect(JSON.parse(before.stdout)).toMatchObject({ summary: { identical: 2 }, differences: [{ id: 'deep' }] })
  await writeFile(join(cwd, 'ports/baseline.json'), before.stdout)

  await writeFile(join(cwd, 'src/list-folder.mjs'), TOY.replace("? '/' : ''", "? '\\\\' : ''"))
  const broken = await check('--baseline', 'ports/baseline.json')
  expect(broken.exitCode).toBe(2)
  expect(broken.stdout).toContain(
    'since the baseline: 1 worse, 0 better\n  worse   listDir flat 0.55.0: same → behaviour',
  )
})
