import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { NpmSource } from '../../../src/contracts/suite.ts'
import type { Task } from '../../../src/contracts/task.ts'
import { listSuiteTasks } from '../../../src/suite/load-suite-tasks.ts'
import { prepareNpmTasks } from '../../../src/suite/npm/prepare-npm-tasks.ts'
import { runStandalone } from '../../../src/tools/apply-patch/run-standalone.ts'
import { makeSuite } from '../../matrix/matrix-fixture.ts'
import { temporaryTree, userError } from '../temporary-tree.ts'
import { verdictOf } from '../verdict.ts'
import { type Registry, setEnvironment, startRegistry } from './registry.ts'

/** An address without a server. */
const NOBODY = 'http://127.0.0.1:9'

const TAP = `const tap = (ok, name) => console.log((ok ? 'ok' : 'not ok') + ' 1 ' + name + '\\n1..1')\n`
const OLD = {
  'index.js': 'module.exports = n => n + 1\n',
  'README.md': 'old\n',
  'test/kept.js': `${TAP}tap(typeof require('../') === 'function', 'is a function')\n`,
  'test/changed.js': `${TAP}tap(require('../')(1) === 2, 'adds one')\n`,
}
const NEW = {
  ...OLD,
  'index.js': 'module.exports = n => n + 2\n',
  'README.md': 'new\n',
  'test/changed.js': `${TAP}tap(require('../')(1) === 3, 'adds two: ' + require('helper'))\n`,
}

let registry: Registry
let source: NpmSource
let cacheDir: string

beforeAll(async () => {
  registry = await startRegistry()
  registry.publish('helper', '1.0.0', { 'index.js': 'module.exports = 7\n' })
  source = {
    id: 'adder',
    package: 'adder',
    version: '1.0.0',
    integrity: registry.publish('adder', '1.0.0', OLD),
    mended: {
      version: '1.0.1',
      integrity: registry.publish('adder', '1.0.1', NEW),
      files: ['index.js'],
      testFiles: ['test/changed.js', 'test/kept.js'],
    },
    install: ['helper@1.0.0'],
    instruction: 'Add two.',
    stratum: 'few',
    cluster: 'adder',
    requires: [],
    protect: [],
  }
  cacheDir = mkdtempSync(join(tmpdir(), 'scriptbench-cache-'))
})

afterAll(() => {
  registry.close()
  rmSync(cacheDir, { recursive: true, force: true })
})

async function prepare(changes: Partial<NpmSource> = {}, dir = cacheDir): Promise<Task> {
  const [task] = await prepareNpmTasks(makeSuite({ sources: [{ ...source, ...changes }] }), dir)
  return task as Task
}

function copyOf(task: Task): string {
  const workspace = join(temporaryTree(), 'workspace')
  cpSync(task.workspaceDir, workspace, { recursive: true })
  return workspace
}

describe('a task made of a published package', () => {
  test('is the defective version without the tests that the fixed one changed', async () => {
    const task = await prepare()
    expect(task).toMatchObject({
      id: 'adder',
      source: { kind: 'npm', package: 'adder', version: '1.0.0', testsVersion: '1.0.1', install: ['helper@1.0.0'] },
      protect: ['node_modules/**'],
      touches: ['index.js'],
      steps: [{ name: 'main', instruction: 'Add two.' }],
    })
    expect(readFileSync(join(task.workspaceDir, 'index.js'), 'utf8')).toBe(OLD['index.js'])
    expect(readdirSync(join(task.workspaceDir, 'test'))).toEqual(['kept.js'])
    expect(readdirSync(join(task.workspaceDir, 'node_modules'))).toEqual(['helper'])
  })

  test('is unsolved as it is and solved by its oracle, which touches nothing but the fix', async () => {
    const task = await prepare()
    const workspace = copyOf(task)
    expect(verdictOf(task, workspace)).toEqual({ 'test/changed.js': 0, 'test/kept.js': 1 })
    const patch = /patch: `([^`]+)`/.exec(task.steps[0]?.solution[0] ?? '')?.[1] ?? ''
    expect((await runStandalone({ patch, cwd: workspace })).stdout).toBe(
      'Success. Updated the following files:\nM index.js\n',
    )
    expect(verdictOf(task, workspace)).toEqual({ 'test/changed.js': 1, 'test/kept.js': 1 })
  })

  test('does not pass by ending the process early', async () => {
    const task = await prepare()
    const workspace = copyOf(task)
    writeFileSync(join(workspace, 'index.js'), 'process.exit(0)\n')
    expect(verdictOf(task, workspace)).toEqual({ 'test/changed.js': 0, 'test/kept.js': 0 })
  })

  test('is decided by the hidden tests even where the workspace links its test folder elsewhere', async () => {
    const task = await prepare()
    const workspace = copyOf(task)
    const elsewhere = temporaryTree({ 'changed.js': 'elsewhere' })
    rmSync(join(workspace, 'test'), { recursive: true })
    symlinkSync(elsewhere, join(workspace, 'test'))
    expect(verdictOf(task, workspace)).toEqual({ 'test/changed.js': 0, 'test/kept.js': 1 })
    expect(readFileSync(join(elsewhere, 'changed.js'), 'utf8')).toBe('elsewhere')
  })

  test('can have its own check and solution instead of a fixed version', async () => {
    const own = temporaryTree({
      'check.mjs':
        "import { readFileSync } from 'node:fs'\nprocess.exit(readFileSync('README.md', 'utf8') === 'mine\\n' ? 0 : 1)\n",
      '01.ts': 'return 1\n',
    })
    const { mended: _mended, ...rest } = source
    const ours = { ...rest, check: join(own, 'check.mjs'), solution: [join(own, '01.ts')] }
    const [task] = await prepareNpmTasks(makeSuite({ sources: [ours] }), cacheDir)
    expect(task?.steps[0]?.solution).toEqual(['return 1\n'])
    expect(task && verdictOf(task, task.workspaceDir)).toEqual({ check: 0 })
    expect(task && verdictOf(task, temporaryTree({ 'README.md': 'mine\n' }))).toEqual({ check: 1 })
  })

  test('has one digest wherever it lies, another with another instruction', async () => {
    const { digest, workspaceDir } = await prepare()
    expect(await prepare()).toMatchObject({ digest, workspaceDir })
    expect((await prepare({ instruction: 'Add 2.' })).digest).not.toBe(digest)
  })
})

test('a full cache needs no network', async () => {
  const first = await prepare()
  const downloads = registry.downloads.length
  onTestFinished(setEnvironment({ npm_config_registry: NOBODY }))
  expect(await prepare()).toEqual(first)
  expect(registry.downloads).toHaveLength(downloads)
})

describe('what goes wrong is named', () => {
  test('no network', async () => {
    onTestFinished(setEnvironment({ npm_config_registry: NOBODY, npm_config_cache: temporaryTree() }))
    const { code, message } = await userError(prepare({}, temporaryTree()))
    expect(code).toBe('network-unavailable')
    expect(message).toMatch(/^adder@1\.0\.0: npm could not reach its registry/)
  })

  test.each<[string, () => Partial<NpmSource>, RegExp]>([
    ['another tarball', () => ({ integrity: `sha512-${'a'.repeat(86)}==` }), /adder@1\.0\.0: .*expected sha512-aaa/],
    [
      'an unpublished version',
      () => ({ version: '9.9.9', integrity: 'other' }),
      /adder@9\.9\.9: no such published version/,
    ],
    ['an unpublished package', () => ({ install: ['nothing@1.0.0'] }), /nothing@1\.0\.0: no such published version/],
    ['a missing lock', () => ({ lock: '/no/such/lock.json' }), /lock\.json: no such file/],
    ['no test files', () => mendedWith({ testFiles: ['spec/a.js'] }), /has no "spec"/],
    ['no fix', () => mendedWith({ files: ['lib/**'] }), /none of lib\/\*\* differs/],
  ])('%s', async (_what, changes, expected) => {
    expect((await userError(prepare(changes()))).message).toMatch(expected)
  })

  function mendedWith(changes: Partial<NonNullable<NpmSource['mended']>>): Partial<NpmSource> {
    return { mended: { ...(source.mended as NonNullable<NpmSource['mended']>), ...changes } }
  }

  test('a glob without a match, before any download', async () => {
    const suite = makeSuite({ sources: [source], tasks: ['addr'] })
    expect((await userError(prepareNpmTasks(suite, '/no/such/cache'))).message).toMatch(/nearest: adder/)
  })

  test('and nothing half-made stays behind', () => {
    const left = ['packages', 'modules', 'tasks'].flatMap(name => readdirSync(join(cacheDir, name)))
    expect(left.filter(name => name.includes('making'))).toEqual([])
  })
})

test('a listing needs no download', async () => {
  const listed = await listSuiteTasks(makeSuite({ sources: [source] }))
  expect(listed).toMatchObject([{ id: 'adder', stratum: 'few', source: { kind: 'npm', package: 'adder' } }])
})
