import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createFolder, PROJECT_ROOT, runCli } from '../helpers/run-cli.ts'
import { writeRunFolder } from '../helpers/run-folder.ts'
import { trialEvents } from '../helpers/trial-events.ts'

test('prints one address, answers there, and ends cleanly by Ctrl-C', async () => {
  const folder = await createFolder()
  const main = join(PROJECT_ROOT, 'src', 'cli', 'main.ts')
  const child = spawn(process.execPath, [main, 'view', folder, '--no-open'], { stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  let stderr = ''
  child.stderr.on('data', text => {
    stderr += text
  })
  const printed = await new Promise<string>(resolve => child.stdout.once('data', text => resolve(String(text))))
  expect(printed).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{32}\n$/)
  expect((await fetch(printed.trim(), { redirect: 'manual' })).status).toBe(303)
  expect((await fetch(new URL('/', printed))).status).toBe(403)
  const ended = new Promise(resolve => child.once('close', resolve))
  child.kill('SIGINT')
  expect(await ended).toBe(0)
  expect(stderr).toBe('')
})

test('names a port that is in use', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => {
    server.close()
  })
  await new Promise(resolve => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  const { exitCode, stderr } = await runCli(['view', await createFolder(), '--no-open', '--port', String(port)])
  expect(exitCode).toBe(1)
  expect(stderr).toContain(`--port: ${port} is in use already`)
})

test('names a folder that is not there', async () => {
  const { exitCode, stderr } = await runCli(['view', 'no-such-folder', '--no-open'])
  expect(exitCode).toBe(1)
  expect(stderr).toContain('no-such-folder: no such folder.')
})

test('writes a copy into a new folder, and never into a used one', async () => {
  const folder = await createFolder()
  writeRunFolder(join(folder, 'reports', 'run'), [trialEvents()])
  const first = await runCli(['view', 'reports', '--export', 'copy'], { cwd: folder })
  expect(first).toMatchObject({ exitCode: 0, stdout: 'wrote 4 pages; open copy/index.html\n', stderr: '' })
  expect(await readFile(join(folder, 'copy', 'runs', 'run', 'trials', 'trial1.html'), 'utf8')).toContain('Turn 1')
  const second = await runCli(['view', 'reports', '--export', 'copy'], { cwd: folder })
  expect(second.exitCode).toBe(1)
  expect(second.stderr).toContain('not empty')
})
