import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createFolder, runCliJson } from '../helpers/run-cli.ts'
import { sandboxFlags } from '../helpers/sandbox-flags.ts'

interface ScriptJson {
  ok: boolean
  value: Record<string, unknown>
  calls: { tool: string; status: string; awaited: boolean }[]
  notices: string[]
  timings: { maxInFlight: number }
  failure?: unknown
}

const FILES = {
  'src/sum.js': 'export const sum = (a, b) => a + b\n',
  'README.md': '# Sums\n',
  'test/good.test.js':
    "import assert from 'node:assert'\nimport { sum } from '../src/sum.js'\nassert.equal(sum(1, 2), 3)\n",
  'test/bad.test.js':
    "import assert from 'node:assert'\nimport { sum } from '../src/sum.js'\nassert.equal(sum(1, 2), 4)\n",
  'test/slow.test.js': 'await new Promise(resolve => setTimeout(resolve, 200))\n',
}

async function runScript(source: string): Promise<ScriptJson> {
  const folder = await createFolder({ ...FILES })
  const script = join(await createFolder({ 'script.ts': source }), 'script.ts')
  const result = await runCliJson<ScriptJson>(['script', script, '--workspace', folder, ...(await sandboxFlags())])
  expect(result.failure).toBeUndefined()
  return result
}

describe("the original idea's own programs", () => {
  test('three calls of different tools under one Promise.all run together', async () => {
    const { calls, timings, value } = await runScript(`
      const [listing, readme, tests] = await Promise.all([
        tools.listDir({ dirPath: context.workingDirectory }),
        tools.readFile({ filePath: context.workingDirectory + '/README.md' }),
        tools.exec({ command: ['ls', 'test'], cwd: context.workingDirectory }),
      ])
      return { entries: listing.entries.length, title: readme.text, tests: tests.stdout.trim().split('\\n').length }
    `)
    expect(value).toEqual({ entries: 7, title: '# Sums', tests: 3 })
    expect(calls.map(call => call.tool).sort()).toEqual(['exec', 'listDir', 'readFile'])
    expect(timings.maxInFlight).toBe(3)
  })

  test('race of a test run against a timeout returns with the quicker one', async () => {
    const { value, calls } = await runScript(`
      const winner = await Promise.race([
        tools.exec({ command: ['node', 'test/good.test.js'] }).then(run => ({ name: 'test', exitCode: run.exitCode })),
        tools.exec({ command: ['timeout', '5s', 'sleep', '60'], timeoutMs: 20_000 }).then(() => ({ name: 'timeout' })),
      ])
      return winner
    `)
    expect(value).toEqual({ name: 'test', exitCode: 0 })
    expect(calls).toHaveLength(2)
    expect(calls.filter(call => !call.awaited)).toHaveLength(1)
  })

  test('search for test files, run each in parallel, filter the failures, return their count', async () => {
    const { value, timings } = await runScript(`
      const found = await tools.fileSearch({ pattern: '.test.js' })
      const runs = await Promise.all(found.files.map(async ({ path }) => {
        const run = await tools.exec({ command: ['node', path], cwd: context.workingDirectory })
        return { path, exitCode: run.exitCode }
      }))
      const failures = runs.filter(run => run.exitCode !== 0)
      return { searched: runs.length, failed: failures.length, names: failures.map(run => run.path) }
    `)
    expect(value).toEqual({ searched: 3, failed: 1, names: ['test/bad.test.js'] })
    expect(timings.maxInFlight).toBe(3)
  })

  test('a glob in the fuzzy search gets a hint instead of silence', async () => {
    const { value } = await runScript(`
      const { files, hint } = await tools.fileSearch({ pattern: 'lib/*.spec.js' })
      return { files: files.length, hint }
    `)
    expect(value.files).toBe(0)
    expect(value.hint).toMatch(/fuzzy/)
  })
})
