import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const BIN = join(import.meta.dirname, '..', '..', 'bin', 'scriptbench.js')

/** Runs the bin in a Node that says it is of another version. */
function runAs(version: string, args: string[]): Promise<{ stdout: string; stderr: string }> {
  const source = `Object.defineProperty(process.versions, 'node', { value: '${version}' })`
  const loader = `data:text/javascript,${encodeURIComponent(source)}`
  return promisify(execFile)(process.execPath, ['--import', loader, BIN, ...args])
}

test('the bin starts the command line', async () => {
  expect((await runAs('22.18.0', ['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
})

test.each(['20.19.0', '22.17.1', '8.0.0'])('Node %s is turned away with what to do', async version => {
  const failure = await runAs(version, ['--version']).then(
    () => undefined,
    (error: { code: number; stderr: string }) => error,
  )
  expect(failure?.code).toBe(1)
  expect(failure?.stderr).toContain(`this is Node ${version}`)
  expect(failure?.stderr).toContain('npx')
})
