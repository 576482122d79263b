import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type CliResult, PROJECT_ROOT } from '../helpers/run-cli.ts'

const url = (file: string) => JSON.stringify(join(PROJECT_ROOT, 'src', file))

/** A process whose command line has one command, which does this. */
function runCommand(body: string): Promise<CliResult> {
  const source = `
    import { readFileSync } from 'node:fs'
    import { Command } from 'commander'
    import { runProgram } from ${url('cli/run-program.ts')}
    import { UserError } from ${url('contracts/errors.ts')}
    const later = work => new Promise(() => setImmediate(work))
    await runProgram(() => new Command('scriptbench').action(${body}))
  `
  const child = spawn(process.execPath, ['--input-type=module', '-e', source], { cwd: PROJECT_ROOT })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', text => {
    stdout += text
  })
  child.stderr.on('data', text => {
    stderr += text
  })
  return new Promise(resolve => child.on('close', exitCode => resolve({ exitCode, stdout, stderr })))
}

test.concurrent.each([
  ['thrown in a command', '() => undefined.x'],
  ['rejected in a command', 'async () => { await null; undefined.x }'],
  ['thrown outside of the command', '() => later(() => undefined.x)'],
  ['rejected without anyone waiting', '() => { void Promise.reject(new TypeError("no x")) }'],
  ['rejected while the command works on', '() => later(() => Promise.reject(new TypeError("no x")))'],
])('a defect that is %s exits with 70, a stack trace and a request to report it', async (_, body) => {
  const { exitCode, stderr } = await runCommand(body)
  expect(stderr).toMatch(/^This is a defect of scriptbench; please report it\.\nTypeError: .*\n {4}at /)
  expect(stderr.match(/defect/g)).toHaveLength(1)
  expect(exitCode).toBe(70)
})

test.concurrent('something thrown that is not an error is a defect too', async () => {
  const { exitCode, stderr } = await runCommand('() => { throw "a text" }')
  expect({ exitCode, stderr }).toEqual({
    exitCode: 70,
    stderr: 'This is a defect of scriptbench; please report it.\na text\n',
  })
})

const FULL = "Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', syscall: 'write' })"

test.concurrent.each([
  ['a mistake of the user', "() => { throw new UserError('usage', 'no such thing.') }", 1, 'no such thing.'],
  ['nothing to run', "() => { throw new UserError('nothing-to-run', 'no task.') }", 5, 'no task.'],
  ['a missing file', "() => { readFileSync('/no/such/file') }", 1, "ENOENT: no such file or directory, open '/no/such"],
  ['a full disk', `() => { throw ${FULL} }`, 1, 'ENOSPC: no space left on device, write'],
  ['a full disk outside of the command', `() => later(() => { throw ${FULL} })`, 1, 'ENOSPC: no space left'],
])('%s is one line', async (_, body, code, message) => {
  const { exitCode, stderr } = await runCommand(body)
  expect(stderr.trim().split('\n')).toEqual([expect.stringContaining(`error: ${message}`)])
  expect(exitCode).toBe(code)
})
