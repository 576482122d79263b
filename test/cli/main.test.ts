import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createFolder, PROJECT_ROOT, runCli } from '../helpers/run-cli.ts'

test('a reader that goes away early is no error', async () => {
  const main = join(PROJECT_ROOT, 'src', 'cli', 'main.ts')
  const child = spawn('bash', ['-c', `"${process.execPath}" "${main}" tasks list --json | head -c 1`], {
    cwd: PROJECT_ROOT,
  })
  let said = ''
  child.stderr.on('data', chunk => {
    said += chunk
  })
  const exitCode = await new Promise(resolve => child.on('close', resolve))
  expect({ exitCode, said }).toEqual({ exitCode: 0, said: '' })
})

test.each([
  [['run', 'suites/demo.yaml', '--out', 'FILE', '--models', 'nop']],
  [['run', 'suites/demo.yaml', '--out', 'FILE/below', '--models', 'nop']],
  [['run', 'suites/demo.yaml', '--out', '', '--models', 'nop']],
  [['init', 'FILE']],
])('%j: what the system refuses is said in a line, without a stack trace', async args => {
  const file = join(await createFolder({ file: '' }), 'file')
  const { exitCode, stderr, stdout } = await runCli(args.map(arg => arg.replace('FILE', file)))
  expect(exitCode).toBe(1)
  expect(stdout).toBe('')
  expect(stderr).toContain('error: ')
  expect(stderr).not.toMatch(/\n\s+at |defect/)
})

test('a command that is asked for help gives an example', async () => {
  const commands = [
    'run',
    'report',
    'trial',
    'replay',
    'script',
    'tool',
    'tasks validate',
    'models check',
    'doctor',
    'init',
  ]
  const helps = await Promise.all(commands.map(command => runCli([...command.split(' '), '--help'])))
  for (const help of helps) expect(help).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Example:\n') })
})
