import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { NODE_VERSION_MIN, NODE_VERSIONS, nodeProgram } from './node-versions.ts'

/** Packs the package, installs it into an empty folder as a stranger would, and uses it there. */
const ROOT = join(import.meta.dirname, '..')
const TASKS = 'csv-quotes,locale-sweep'
const TYPESCRIPT = ['--noEmit', '--strict', '--target', 'es2024', '--module', 'nodenext', '--types', 'node']

const PROGRAM = `import { createTools, type FactorModule, seededRandom } from 'scriptbench'
import { createScriptEngine, SCRIPT_LIMITS_DEFAULT, type ToolDefinition } from 'scriptbench/engine'

export const factor: FactorModule = { name: 'tone', levels: { plain: {}, kind: { preamble: text => text + ' Thank you.' } } }
const double = { name: 'double', description: 'Doubles.', effect: 'read', inputSchema: { type: 'object' }, resultSchema: { type: 'number' } } satisfies ToolDefinition
const engine = createScriptEngine()
const outcome = await engine.run({
  source: 'const [a, b] = await Promise.all([tools.double({ n: 1 }), tools.double({ n: 2 })]); return (a as number) + (b as number)',
  tools: [double],
  call: async ({ args }) => ({ ok: true, result: 2 * (args as { n: number }).n, text: '' }),
  context: { workingDirectory: '/', conversationId: 'c', limits: {}, env: {} },
  limits: SCRIPT_LIMITS_DEFAULT, seed: 's', nowMs: 0, callIdPrefix: 'c',
})
await engine.close()
if (!outcome.ok || outcome.value !== 6) throw new Error(JSON.stringify(outcome))
console.log(createTools().length, typeof seededRandom('x')(), factor.name)
`

const folder = mkdtempSync(join(tmpdir(), 'scriptbench-pack-'))
try {
  const tarball = pack()
  const consumer = install(tarball)
  tryCommands(consumer)
  tryImports(consumer)
  for (const version of [NODE_VERSION_MIN, ...NODE_VERSIONS]) tryUnder(version, consumer)
  console.log('pack check: packed, installed without scripts, ran and imported')
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function pack(): string {
  const [packed] = JSON.parse(run('npm', ['pack', '--json', '--silent', '--pack-destination', folder], ROOT)) as [
    { filename: string; size: number; files: { path: string }[] },
  ]
  const paths = packed.files.map(({ path }) => path)
  for (const needed of [
    'LICENSE',
    'README.md',
    'bin/scriptbench.js',
    'dist/cli/main.js',
    'dist/engine.d.ts',
    'dist/index.d.ts',
    'dist/script-engine/source/strip-worker.js',
    'dist/script-engine/thread/worker.js',
    'dist/type-check/type-check-main.js',
    'dist/tools/shell-command/tree-sitter-bash.wasm',
    'dist/viewer/client/main.js',
    'dist/viewer/library/compare-worker.js',
    'docs/compare.schema.json',
    'docs/gate.schema.json',
    'docs/results.schema.json',
    'suites/demo.yaml',
    'suites/suite.schema.json',
  ]) {
    expect(paths.includes(needed), `${needed} is in the package`)
  }
  expect(
    !paths.some(path => /^(src|test|reports|\.ci)\//.test(path)),
    'nothing but what is published is in the package',
  )
  console.log(`${packed.filename}: ${paths.length} files, ${Math.round(packed.size / 1024)} KB`)
  return join(folder, packed.filename)
}

function install(tarball: string): string {
  const consumer = join(folder, 'consumer')
  mkdirSync(consumer)
  writeFileSync(join(consumer, 'package.json'), JSON.stringify({ name: 'consumer', private: true, type: 'module' }))
  run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'error', tarball], consumer)
  return consumer
}

function tryCommands(consumer: string): void {
  console.log(scriptbench(consumer, ['doctor']))
  const { tasks } = JSON.parse(scriptbench(consumer, ['tasks', 'list', '--json'])) as { tasks: unknown[] }
  expect(tasks.length >= 14, `${tasks.length} tasks come with the package`)
  const demo = ['run', 'suites/demo.yaml', '--models', 'oracle']
  const planned = scriptbench(consumer, [...demo, '--dry-run', '--json'])
  const here = run(process.execPath, [join(ROOT, 'src', 'cli', 'main.ts'), ...demo, '--dry-run', '--json'], ROOT)
  expect(planned === here, 'the package plans the same trials as the checkout: no task lost a file')
  console.log(scriptbench(consumer, [...demo, '--tasks', TASKS, '--out', 'run']))
  for (const name of ['trials.csv', 'results.json', 'report.md', 'report.html']) {
    expect(existsSync(join(consumer, 'run', name)), `the run wrote ${name}`)
  }
  const shell = JSON.stringify({ command: ['bash', '-c', 'echo one | cat && echo two'] })
  const said = scriptbench(consumer, [
    'tool',
    'exec',
    '--args',
    shell,
    '--workspace',
    '.',
    '--sandbox',
    'none',
    '--json',
  ])
  expect((JSON.parse(said) as { ok: boolean }).ok, 'a shell program is analysed and runs')
}

/** What a user of another Node version does first. */
function tryUnder(version: string, consumer: string): void {
  const program = nodeProgram(version)
  const scriptbench = join(consumer, 'node_modules', 'scriptbench', 'bin', 'scriptbench.js')
  const found = run(program, ['--version'], consumer).trim()
  expect(run(program, [scriptbench, 'doctor'], consumer).includes(`Node: ${found}`), `doctor names Node ${found}`)
  const out = `run-${version}`
  run(program, [scriptbench, 'run', 'suites/demo.yaml', '--models', 'oracle', '--tasks', TASKS, '--out', out], consumer)
  expect(existsSync(join(consumer, out, 'report.html')), `a demo under Node ${found} wrote its report`)
  run(program, ['program.ts'], consumer)
  console.log(`Node ${found}: doctor, a demo and the engine work`)
}

function tryImports(consumer: string): void {
  writeFileSync(join(consumer, 'program.ts'), PROGRAM)
  run(process.execPath, ['program.ts'], consumer)
  const typeRoots = ['--typeRoots', join(ROOT, 'node_modules', '@types')]
  run(join(ROOT, 'node_modules', '.bin', 'tsc'), [...TYPESCRIPT, ...typeRoots, 'program.ts'], consumer)
}

function scriptbench(consumer: string, args: string[]): string {
  return run('npx', ['--no-install', 'scriptbench', ...args], consumer)
}

function run(command: string, args: string[], cwd: string): string {
  try {
    return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 2 ** 26 })
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    throw new Error(`${command} ${args.join(' ')} failed:\n${stdout}\n${stderr}`)
  }
}

function expect(isTrue: boolean, what: string): void {
  if (!isTrue) throw new Error(`pack check: expected that ${what}`)
}
