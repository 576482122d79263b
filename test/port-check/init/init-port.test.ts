// Covers: port-check/host/port-module.ts, port-check/init/ci-workflow.ts, port-check/init/python-adapter.ts
// Covers: port-check/init/readme-snippet.ts, port-check/init/typescript-adapter.ts
import { readdir, readFile, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadPortModule } from '../../../src/port-check/host/port-module.ts'
import { initPort } from '../../../src/port-check/init/init-port.ts'
import { INIT_TOOLS } from '../../../src/port-check/init/init-tools.ts'
import { folderWith, temporaryFolder } from '../../helpers/folders.ts'
import { PROJECT_ROOT } from '../../helpers/run-cli.ts'

const TYPESCRIPT = { language: 'typescript', version: '1.2.3' } as const
const PYTHON = { language: 'python', version: '1.2.3' } as const

test('the adapter of all tools can be loaded and offers them', async () => {
  const dir = await temporaryFolder()
  await initPort({ dir, tools: INIT_TOOLS, ...TYPESCRIPT })
  await symlink(join(PROJECT_ROOT, 'node_modules'), join(dir, 'node_modules'))
  const port = await loadPortModule(join(dir, 'ports/adapter.mts'))
  expect(
    port
      .tools('0.55')
      .map(({ name }) => name)
      .sort(),
  ).toEqual([...INIT_TOOLS].sort())
})

test('the workflow and the page name the check of the tools that were asked for', async () => {
  const dir = await temporaryFolder()
  await initPort({ dir, tools: ['readFile', 'listDir'], ...TYPESCRIPT })
  const command = 'npx scriptbench ports check --port ./ports/adapter.mts --tool readFile listDir'
  const workflow = await readFile(join(dir, '.github/workflows/ports.yml'), 'utf8')
  expect(workflow).toContain(`- run: ${command} --baseline ports/baseline.json --junit ports-junit.xml\n`)
  expect(await readFile(join(dir, 'ports/README.md'), 'utf8')).toContain(`${command} --json > ports/baseline.json\n`)
})

test('a port in Python needs no package of npm in its folder', async () => {
  const dir = await temporaryFolder()
  const { steps } = await initPort({ dir, tools: ['listDir'], ...PYTHON })
  expect(steps[1]).toBe("npx --yes scriptbench@1.2.3 ports check --port 'python3 ports/adapter.py' --tool listDir")
  expect(await readFile(join(dir, '.github/workflows/ports.yml'), 'utf8')).not.toContain('npm ci')
})

test('nothing is overwritten, and nothing written where one file is there', async () => {
  const dir = await folderWith({ 'ports/README.md': 'mine' })
  await expect(initPort({ dir, ...TYPESCRIPT })).rejects.toThrow('ports/README.md: already there')
  expect(await readdir(dir, { recursive: true })).toEqual(['ports', 'ports/README.md'])
})

test('a tool that there is not is named', async () => {
  await expect(initPort({ dir: await temporaryFolder(), tools: ['pigeon'], ...TYPESCRIPT })).rejects.toThrow(
    '--tool pigeon: expected one of applyPatch',
  )
})
